/** `<geras-proposal>`: where a person on a pathway should be cared for, as far as the answers so far tell it, and what to find out first. Words nothing itself. */

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { Description, PathwayAccount, PathwayDescription, PathwayLine } from "../index.js";
import { asks } from "./question.js";
import { possible } from "./result.js";
import { tokens } from "./style.js";
import { inLanguage, words, type Words } from "./words.js";

const style = css`
  :host { display: block; }
  section { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 18px; }
  h2 { font-size: 1em; font-weight: 650; display: flex; justify-content: space-between; align-items: center; gap: 8px; }
  h3 { font-size: 0.85em; font-weight: 650; color: var(--ink-soft); margin-block: 16px 6px; }
  .state { font-size: 0.8em; font-weight: 650; padding: 0.15em 0.8em; border-radius: 99px; background: var(--warn-soft); color: var(--warn); white-space: nowrap; }
  .state.decided { background: var(--accent); color: #fff; }
  .settings { display: grid; grid-template-columns: repeat(auto-fit, minmax(5.4em, 1fr)); gap: 4px; margin-block: 12px; }
  .settings span { text-align: center; font-size: 0.85em; padding: 6px 2px; border-radius: 6px; border: 1px solid var(--line); color: var(--ink-soft); background: var(--ground); }
  .settings .maybe { background: var(--accent-soft); color: var(--ink); border-color: var(--accent); }
  .settings .is { background: var(--accent); color: #fff; border-color: var(--accent); font-weight: 700; }
  .proposal { font-size: 1.2em; font-weight: 700; line-height: 1.4; }
  .ask { display: block; width: 100%; text-align: start; padding: 0.45em 0.7em; min-height: 44px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); cursor: pointer; margin-block-end: 6px; font-size: 0.93em; }
  .ask:hover { background: var(--accent-soft); }
  .alarm { border: 2px solid var(--alert); background: var(--alert-soft); border-radius: var(--radius); padding: 12px 14px; margin-block-end: 12px; font-weight: 600; }
  .alarm.soon { border-color: var(--warn); background: var(--warn-soft); }
  .contrary { border: 2px dashed var(--warn); background: var(--warn-soft); border-radius: var(--radius); padding: 12px 14px; margin-block-end: 12px; }
  .contrary strong { color: var(--warn); display: block; font-size: 0.9em; }
  li { margin-block-end: 6px; font-size: 0.95em; }
`;

/** Kinds that are named one by one while it is open. */
const MOST_KINDS = 4;
/** Questions that are named one by one. */
const MOST_ASKED = 5;

export class GerasProposal extends LitElement {
  static override styles = [tokens, style];
  static override properties = { description: { attribute: false }, line: { attribute: false }, account: { attribute: false }, instruments: { attribute: false }, language: {} };
  declare description: PathwayDescription | undefined;
  declare line: PathwayLine | undefined;
  /** The account whose sentences are shown; it may come a moment after the line. */
  declare account: PathwayAccount | undefined;
  declare instruments: ReadonlyMap<string, Description>;
  declare language: string;

  constructor() {
    super();
    this.instruments = new Map();
    this.language = "en";
  }

  override render(): TemplateResult | typeof nothing {
    const { description, line, language } = this;
    if (!description || !line) return nothing;
    const say = words(language);
    const decided = line.status === "decided";
    const report = this.account?.report[language.startsWith("zh") ? "zh" : "en"];
    const chapter = (id: string) => report?.chapters.find((one) => one.id === id)?.lines.filter((one) => !one.open) ?? [];
    const settings = possible(line.setting);
    return html`
      <div role="status">
        ${chapter("contradictions").length > 0
          ? html`<div class="contrary"><strong>⚠ ${report?.chapters.find((one) => one.id === "contradictions")?.heading}</strong><ul>${chapter("contradictions").map((one) => html`<li>${one.text}</li>`)}</ul></div>`
          : nothing}
        ${chapter("alerts").map((one) => html`<div class="alarm ${one.urgency ?? ""}">⚠ ${one.text}</div>`)}
      </div>
      <section aria-labelledby="title">
        <h2 id="title">${say.careSetting}<span class="state ${decided ? "decided" : ""}">${decided ? say.decided : say.open}</span></h2>
        <div class="settings" aria-hidden="true">${description.care_settings.map((one) => html`<span class=${settings.includes(one.id) ? (decided ? "is" : "maybe") : ""}>${inLanguage(one.label, language)}</span>`)}</div>
        <div role="status" aria-live="polite" data-routing=${decided ? possible(line.routing)[0] ?? "" : nothing}>
          ${decided ? report?.headline.map((one) => html`<p class="proposal">${one}</p>`) : this.#kinds(description, line, say)}
        </div>
        ${decided ? chapter("why").map((one) => html`<p class="small soft">${one.text}</p>`) : this.#ask(description, line, say)}
        ${this.#chapter("results")} ${this.#chapter("findings")}
      </section>
    `;
  }

  /** What is still possible. */
  #kinds(description: PathwayDescription, line: PathwayLine, say: Words): TemplateResult {
    const can = possible(line.routing);
    const all = description.care_settings.flatMap((setting) => setting.kinds.map((kind) => ({ id: kind.id, label: `${inLanguage(setting.label, this.language)} – ${inLanguage(kind.label, this.language)}` })));
    if (can.length > MOST_KINDS) return html`<p class="small soft">${say.kindsPossible(can.length)}</p>`;
    return html`<p class="small soft">${say.possible}</p><ul>${can.map((id) => html`<li>· ${all.find((one) => one.id === id)?.label ?? say.judgement}</li>`)}</ul>`;
  }

  /** What decides, first what tells most. */
  #ask(description: PathwayDescription, line: PathwayLine, say: Words): TemplateResult | typeof nothing {
    const first = line.find_out_first ?? [];
    const asked = first.flatMap(({ instrument, items }) => {
      if (items.length === 0 && instrument) {
        const title = description.assessments.find((one) => one.answers === instrument)?.title;
        return [{ name: `${instrument}.`, text: inLanguage(title, this.language) || instrument }];
      }
      const known = instrument ? [...(this.instruments.get(instrument)?.items ?? []), ...(this.instruments.get(instrument)?.inputs ?? [])] : description.inputs;
      return items.map((item) => {
        const found = known.find((one) => one.id === item);
        return { name: instrument ? `${instrument}.${item}` : item, text: found ? asks(found, this.language) : item };
      });
    });
    if (asked.length === 0) return nothing;
    const few = asked.length <= MOST_ASKED;
    return html`<h3>${asked.length === 1 ? say.thisDecides : few ? say.theseDecide(asked.length) : say.findOutFirst}</h3>
      <ul>${asked.slice(0, few ? MOST_ASKED : 3).map((one) => html`<li><button type="button" class="ask" @click=${() => this.#go(one.name)}>${one.text}</button></li>`)}</ul>
      ${few ? nothing : html`<p class="small soft">${say.andMore(asked.length - 3)}</p>`}`;
  }

  #chapter(id: string): TemplateResult | typeof nothing {
    const found = this.account?.report[this.language.startsWith("zh") ? "zh" : "en"]?.chapters.find((one) => one.id === id);
    const lines = found?.lines.filter((one) => !one.open) ?? [];
    if (!found || lines.length === 0) return nothing;
    return html`<h3>${found.heading}</h3><ul>${lines.map((one) => html`<li>${one.text}</li>`)}</ul>`;
  }

  #go(item: string): void {
    this.dispatchEvent(new CustomEvent("geras-go", { detail: { item }, bubbles: true, composed: true }));
  }
}
