/** The look of the app's own pages, on top of the tokens that it shares with the components. */

import { css } from "lit";

export const page = css`
  :host { display: block; }
  .page { max-width: 1080px; margin-inline: auto; padding: clamp(16px, 3vw, 36px); }
  .narrow { max-width: 640px; }
  .bar { max-width: 1280px; padding: 16px clamp(16px, 3vw, 24px) 0; }
  .bar .top { margin-block-end: 8px; }
  h1 { font-size: clamp(1.5rem, 1.2rem + 1.4vw, 2.1rem); line-height: 1.25; font-weight: 700; letter-spacing: -0.005em; outline: none; }
  h2 { font-size: 1.25em; line-height: 1.35; margin-block: 1.6em 0.7em; }
  .top { display: flex; flex-wrap: wrap; gap: 14px; align-items: center; justify-content: space-between; margin-block-end: 22px; }
  .row { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }
  .spaced { margin-block: 22px 14px; }
  .grow { flex: 1; }
  .cards { display: grid; gap: 12px; }
  .cards.two { grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); }
  .card { display: block; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 16px 20px; color: inherit; text-decoration: none; text-align: start; width: 100%; }
  a.card, button.card { cursor: pointer; }
  a.card:hover, button.card:hover { border-color: var(--accent); box-shadow: 0 1px 0 var(--accent); }
  .card .name { font-size: 1.15em; font-weight: 650; }
  .chip { display: inline-flex; align-items: center; gap: 0.4em; padding: 0.1em 0.75em; border-radius: 14px; font-size: 0.83em; font-weight: 600; max-width: 100%; border: 1px solid var(--line-strong); background: var(--paper); }
  .chip.draft { background: var(--warn-soft); border-color: var(--warn); color: var(--warn); }
  .chip.alert { background: var(--alert-soft); border-color: var(--alert); color: var(--alert); }
  .dot { width: 0.75em; height: 0.75em; border-radius: 50%; flex: none; }
  label.field { display: grid; gap: 4px; margin-block-end: 16px; font-weight: 600; }
  label.field > span { font-size: 0.93em; }
  input:not([type="checkbox"]):not([type="radio"]), select, textarea { min-height: var(--target); padding: 0.45em 0.85em; border: 1.5px solid var(--line-strong); border-radius: 10px; background: var(--paper); width: 100%; font-weight: 400; }
  textarea { min-height: 6em; resize: vertical; }
  .filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 0 16px; align-items: end; }
  .filters .field:first-child { grid-column: 1 / span 2; }
  a.text { color: var(--accent); font-weight: 600; text-underline-offset: 3px; }
  a.button { display: inline-flex; align-items: center; text-decoration: none; color: inherit; }
  a.button.main { color: #fff; }
  .button.danger { color: var(--alert); border-color: var(--alert); }
  table { border-collapse: collapse; width: 100%; background: var(--paper); }
  th, td { text-align: start; padding: 9px 12px; border-block-end: 1px solid var(--line); vertical-align: top; font-size: 0.95em; }
  th[scope="row"] { min-width: 5.5em; }
  .wide { overflow-x: auto; }
  .carried { max-height: 40vh; overflow-y: auto; margin-block-start: 10px; }
  .carried label { display: flex; gap: 12px; align-items: center; padding-block: 10px; border-block-end: 1px solid var(--line); cursor: pointer; }
  .carried .what { flex: 1; min-width: 0; line-height: 1.45; }
  .carried input { width: 1.3em; height: 1.3em; flex: none; }
  button.card:disabled { opacity: 1; cursor: not-allowed; background: var(--ground); }
  button.card:disabled .name { color: var(--ink-soft); }
  dialog { border: 0; border-radius: 16px; padding: 26px; width: min(94vw, 34rem); color: var(--ink); box-shadow: 0 20px 60px #0005; }
  dialog::backdrop { background: #1b242999; }
  dialog h2 { margin-block-start: 0; }
  .quiet-list li { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; }
  .empty { padding: 48px 20px; text-align: center; color: var(--ink-soft); border: 2px dashed var(--line); border-radius: var(--radius); }
  .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 14px; }
  .chart { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 14px 16px; }
  .chart svg { width: 100%; height: auto; display: block; }
  @media print { .no-print { display: none !important; } .page { padding: 0; max-width: none; } }
`;
