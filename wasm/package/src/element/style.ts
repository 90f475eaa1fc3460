/** The look that all components share. Every colour and size is a CSS variable that a page may set on the element. */

import { css } from "lit";

export const tokens = css`
  :host {
    --ink: var(--geras-ink, #1b2429);
    --ink-soft: var(--geras-ink-soft, #4d5a61);
    --paper: var(--geras-paper, #ffffff);
    --ground: var(--geras-ground, #f5f4f0);
    --line: var(--geras-line, #d9d6cd);
    --line-strong: var(--geras-line-strong, #7d868b);
    --accent: var(--geras-accent, #0b5a5e);
    --accent-soft: var(--geras-accent-soft, #e3efee);
    --focus: var(--geras-focus, #1356c4);
    --alert: var(--geras-alert, #9b1c1c);
    --alert-soft: var(--geras-alert-soft, #fdecea);
    --warn: var(--geras-warn, #7a4b00);
    --warn-soft: var(--geras-warn-soft, #fdf3dc);
    --radius: var(--geras-radius, 12px);
    --font: var(--geras-font, "Inter", "Segoe UI", system-ui, "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif);
    --target: var(--geras-target, 52px);
    color: var(--ink);
    font-family: var(--font);
    font-size: var(--geras-size, 17px);
    line-height: 1.6;
    text-align: start;
  }
  *, *::before, *::after { box-sizing: border-box; }
  h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; }
  ul, ol { padding: 0; list-style: none; }
  button, input, select, textarea { font: inherit; color: inherit; }
  :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
  .button {
    min-height: var(--target);
    padding: 0.5em 1.25em;
    border: 1.5px solid var(--line-strong);
    border-radius: 999px;
    background: var(--paper);
    font-weight: 600;
    cursor: pointer;
  }
  .button:hover { background: var(--accent-soft); }
  .button.main { background: var(--accent); border-color: var(--accent); color: #fff; }
  .button.main:hover { filter: brightness(1.12); }
  .button:disabled { opacity: 0.45; cursor: default; }
  .quiet {
    min-height: 40px;
    padding: 0.2em 0.8em;
    border: 0;
    border-radius: 999px;
    background: transparent;
    color: var(--accent);
    font-size: 0.9em;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  .quiet:hover { background: var(--accent-soft); }
  .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .soft { color: var(--ink-soft); }
  .small { font-size: 0.88em; }
  .note { border-inline-start: 4px solid var(--warn); background: var(--warn-soft); border-radius: 6px; padding: 0.6em 0.9em; }
  .fault { border-inline-start: 4px solid var(--alert); background: var(--alert-soft); border-radius: 6px; padding: 0.6em 0.9em; color: var(--alert); font-weight: 600; }
  @media (prefers-reduced-motion: no-preference) {
    .option, .button { transition: background 0.12s, border-color 0.12s; }
  }
`;

export const formStyle = css`
  :host { display: block; container-type: inline-size; background: var(--ground); }
  .frame { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); align-items: start; padding: 16px; max-width: 1280px; margin-inline: auto; }
  nav { min-width: 0; }
  .steps { display: flex; gap: 8px; overflow-x: auto; padding: 4px 4px 8px; scrollbar-width: thin; }
  .step {
    flex: 0 0 auto; max-width: 100%; display: flex; gap: 0.6em; align-items: center; min-height: 48px; padding: 0.3em 1em;
    border: 1.5px solid var(--line); border-radius: 999px; background: var(--paper); cursor: pointer; text-align: start;
  }
  .step[aria-current="step"] { border-color: var(--accent); background: var(--accent); color: #fff; font-weight: 600; }
  .step > :first-child { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .step .count { font-size: 0.82em; font-variant-numeric: tabular-nums; opacity: 0.95; white-space: nowrap; }
  .step.done .count::before { content: "✓ "; font-weight: 700; }
  .meter { height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
  .meter > span { display: block; height: 100%; background: var(--accent); border-radius: 3px; }
  .meterline { display: flex; justify-content: space-between; gap: 12px; font-size: 0.88em; color: var(--ink-soft); margin-block: 2px 6px; }
  .body { min-width: 0; }
  .body h2 { font-size: 1.45em; line-height: 1.3; letter-spacing: 0.005em; outline: none; }
  .head { margin-block: 4px 14px; }
  h3.group { font-size: 1.12em; margin-block: 22px 10px; }
  .question {
    border: 1px solid var(--line); border-radius: var(--radius); background: var(--paper); margin: 0 0 14px; padding: 18px 18px 16px; min-width: 0;
  }
  .question.answered { border-inline-start: 5px solid var(--accent); padding-inline-start: 14px; }
  .question.hit { box-shadow: 0 0 0 3px var(--accent-soft); }
  .ask { display: flex; gap: 0.7em; align-items: baseline; font-weight: 650; font-size: 1.08em; line-height: 1.45; padding: 0; margin-block-end: 4px; width: 100%; }
  legend.ask { float: inline-start; }
  legend.ask + * { clear: both; }
  .code { color: var(--ink-soft); font-weight: 500; font-size: 0.82em; font-variant-numeric: tabular-nums; flex: none; }
  .help { color: var(--ink-soft); font-size: 0.93em; margin-block-end: 8px; }
  .options { display: grid; gap: 8px; margin-block-start: 10px; }
  .options.short { grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); }
  .option {
    display: flex; align-items: center; gap: 0.75em; min-height: var(--target); padding: 0.55em 1em;
    border: 1.5px solid var(--line-strong); border-radius: 10px; cursor: pointer; background: var(--paper); position: relative;
  }
  .option:hover { background: var(--accent-soft); }
  .option:has(input:checked) { background: var(--accent-soft); border-color: var(--accent); box-shadow: inset 0 0 0 1.5px var(--accent); }
  .option:has(input:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; }
  .option input { width: 1.3em; height: 1.3em; margin: 0; accent-color: var(--accent); flex: none; }
  .option input:focus-visible { outline: none; }
  .option .words { flex: 1; min-width: 0; }
  .option .points { color: var(--ink-soft); font-size: 0.85em; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .entry { display: flex; align-items: center; gap: 10px; flex-wrap: wrap; margin-block-start: 10px; }
  .entry input, .entry textarea, .reason select {
    min-height: var(--target); padding: 0.4em 0.8em; border: 1.5px solid var(--line-strong); border-radius: 10px; background: var(--paper);
  }
  .entry input.number { width: 8.5em; font-size: 1.15em; font-variant-numeric: tabular-nums; }
  .entry textarea { width: 100%; min-height: 5.5em; resize: vertical; }
  .entry .bump { width: var(--target); padding: 0; font-size: 1.3em; border-radius: 10px; }
  .under { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 16px; margin-block-start: 10px; min-height: 40px; }
  .reason { display: flex; min-width: 0; align-items: center; gap: 8px; font-size: 0.92em; color: var(--ink-soft); }
  .reason > span { flex: none; }
  .reason select { min-height: 44px; min-width: 0; max-width: 14em; }
  .reason.given select { border-color: var(--accent); background: var(--accent-soft); color: var(--ink); font-weight: 600; }
  .tell { margin-block-start: 10px; }
  .foot { display: flex; flex-wrap: wrap; gap: 10px; justify-content: space-between; padding-block: 6px 20px; }
  .foot .grow { flex: 1; }
  .saved { text-align: center; color: var(--ink-soft); font-size: 0.88em; padding-block-end: 16px; }
  aside { min-width: 0; scroll-margin-block: 12px; }
  .peek {
    position: sticky; bottom: 0; z-index: 2; display: flex; align-items: center; gap: 0.8em; width: 100%; min-height: 60px; padding: 0.5em 1.2em;
    border: 0; border-block-start: 2px solid var(--accent); background: var(--paper); box-shadow: 0 -6px 20px #1b242914; text-align: start; cursor: pointer; font-weight: 650;
  }
  .peek .dot { width: 0.9em; height: 0.9em; border-radius: 50%; flex: none; }
  .peek .alarmed { color: var(--alert); margin-inline-start: auto; white-space: nowrap; }
  dialog { border: 0; border-radius: 16px; padding: 0; max-width: min(92vw, 34rem); color: var(--ink); box-shadow: 0 20px 60px #0006; }
  dialog::backdrop { background: #2a0d0dcc; }
  .alarm { padding: 26px; border-block-start: 10px solid var(--alert); }
  .alarm h2 { color: var(--alert); font-size: 1.35em; margin-block-end: 10px; }
  .alarm p { font-size: 1.12em; margin-block-end: 18px; }
  .alarm .button { width: 100%; background: var(--alert); border-color: var(--alert); color: #fff; }
  @container (min-width: 900px) {
    .frame { grid-template-columns: minmax(0, 1fr) 340px; padding: 24px; gap: 28px; }
    nav { grid-column: 1 / -1; }
    .peek { display: none; }
    aside { position: sticky; top: 16px; max-height: calc(100vh - 32px); overflow-y: auto; }
  }
  .under.bare { min-height: 0; }
  .under.bare:not(:has(button)) { margin: 0; }
  .mark { background: var(--warn-soft); border-radius: 6px; padding: 0.1em 0.6em; }
  .news p { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; justify-content: space-between; }
  .news { margin-block-end: 14px; border: 2px solid var(--warn); }
  .choice .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
  .step.of { border-style: dashed; }
  @media print { nav, .peek, .foot, .saved, .under { display: none; } }
`;
