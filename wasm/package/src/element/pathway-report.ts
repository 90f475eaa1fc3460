/** `<geras-pathway-report>`: the account of one person on a pathway, to be read and printed. Every sentence is the engine's; the profile is drawn from its results. */

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { Description, PathwayAccount, PathwayDescription } from "../index.js";
import { flat, type Answers } from "./form.js";
import { asks, inWords, type Item } from "./question.js";
import { reportStyle } from "./report.js";
import { bar, possible, shade } from "./result.js";
import { tokens } from "./style.js";
import { inLanguage, words } from "./words.js";

const style = css`
  .result { border: 2px solid var(--accent); border-radius: 10px; background: var(--accent-soft); padding: 14px 18px; margin-block: 16px; font-size: 1.25em; font-weight: 700; line-height: 1.45; }
  section.contradictions { background: var(--warn-soft); border-inline-start: 6px solid var(--warn); padding: 2px 16px 12px; margin-block-start: 18px; }
  section.contradictions h3 { border: 0; margin-block-start: 12px; }
  li.now { color: var(--alert); font-weight: 700; }
  li.soon { color: var(--warn); font-weight: 650; }
  li.open { color: var(--ink-soft); font-style: italic; }
  section.sureness li, section.rules li { font-size: 0.9em; color: var(--ink-soft); overflow-wrap: anywhere; }
  .profile { display: grid; gap: 4px; }
  .profile div { display: grid; gap: 2px 14px; grid-template-columns: 1.2fr 2fr 1fr; align-items: center; }
  .profile .whole { font-weight: 700; margin-block-start: 8px; }
  .profile .bar { margin: 0; min-width: 60px; }
  .grades { display: flex; gap: 2px; }
  .grades span { flex: 1; height: 12px; border-radius: 3px; background: #ebe9e3; }
  .sign { display: flex; gap: 28px; margin-block-start: 44px; }
  .sign div { flex: 1; border-block-start: 1px solid var(--ink); padding-block-start: 4px; font-size: 0.88em; color: var(--ink-soft); }
  @container (max-width: 640px) { .profile div { grid-template-columns: 1fr auto; } .profile .bar, .profile .grades { grid-area: 2 / 1 / auto / -1; } .sign { flex-direction: column; gap: 40px; } }
`;

/** The chapters that stand before the profile. */
const FIRST = ["contradictions", "alerts", "find_out", "why", "weigh", "alternatives"];

export class GerasPathwayReport extends LitElement {
  static override styles = [tokens, reportStyle, style];
  static override properties = { account: { attribute: false }, description: { attribute: false }, instruments: { attribute: false }, answers: { attribute: false }, setAside: { attribute: false }, notAsked: { attribute: false }, person: {}, language: {} };
  declare account: PathwayAccount | undefined;
  declare description: PathwayDescription | undefined;
  /** What is in the instruments that were done, by their ids. */
  declare instruments: ReadonlyMap<string, Description>;
  declare answers: Answers;
  declare notAsked: readonly string[];
  declare setAside: readonly string[];
  declare person: string;
  declare language: string;

  constructor() {
    super();
    this.instruments = new Map();
    this.answers = {};
    this.notAsked = [];
    this.setAside = [];
    this.person = "";
    this.language = "en";
  }

  override render(): TemplateResult | typeof nothing {
    const { account, description, language } = this;
    const report = account?.report[language.startsWith("zh") ? "zh" : "en"];
    if (!account || !description || !report) return nothing;
    const say = words(language);
    const chapters = (first: boolean) =>
      report.chapters
        .filter((chapter) => FIRST.includes(chapter.id) === first)
        .map((chapter) => html`<section class=${chapter.id} data-chapter=${chapter.id}><h3>${chapter.heading}</h3><ul class="ways">${chapter.lines.map((line) => html`<li class=${line.open ? "open" : line.urgency ?? ""}>${line.text}</li>`)}</ul></section>`);
    return html`<article lang=${language}>
      <header><h2>${report.title}</h2>
        <dl class="facts">${this.person ? html`<div><dt>${say.person}</dt><dd>${this.person}</dd></div>` : nothing}</dl>
        <p class="soft small">${report.facts.join(" · ")}</p></header>
      <div class="result" data-status=${account.status}>${report.headline.map((line) => html`<p>${line}</p>`)}</div>
      ${chapters(true)} ${this.#profile(account)} ${chapters(false)} ${this.#answers(description)}
      <p class="sum">${say.engine} ${account.engine} · ${account.definitions.map((one) => `${one.id}@${one.edition} ${one.hash.slice(0, 12)}`).join(" · ")}</p>
      <div class="sign"><div>${say.signAssessor}</div><div>${say.signPerson}</div><div>${say.signDate}</div></div>
    </article>`;
  }

  /** Each instrument by its grade, and each of its scores on its range. */
  #profile(account: PathwayAccount): TemplateResult | typeof nothing {
    const say = words(this.language);
    const rows = Object.entries(account.instruments).flatMap(([id, line]) => {
      const description = this.instruments.get(id);
      if (!description) return [];
      const grade = description.grade;
      const can = possible(line.grade);
      const label = (code: string) => inLanguage(grade?.labels[code], this.language) || code;
      const head = grade
        ? html`<div class="whole"><span>${inLanguage(description.title, this.language)}</span><span class="grades" aria-hidden="true">${grade.scale.map((code, place) => html`<span .style=${can.includes(code) ? `background:${shade(place, grade.scale.length)}` : ""}></span>`)}</span><span>${can.length === 1 ? label(can[0] ?? "") : say.open}</span></div>`
        : html`<div class="whole"><span>${inLanguage(description.title, this.language)}</span></div>`;
      const scores = description.scores.filter((score) => score.range).map((score) => {
        const value = line.scores[score.id];
        const [low, high] = typeof value === "object" && value !== null ? [value.min, value.max] : [value ?? null, value ?? null];
        return html`<div class="small"><span class="soft">${inLanguage(score.title, this.language) || score.id}</span>${bar(low, high, score.range)}<span>${low === null || high === null ? "–" : low === high ? low : say.ofRange(low, high)} / ${score.range?.[1]}</span></div>`;
      });
      return [head, ...scores];
    });
    if (rows.length === 0) return nothing;
    return html`<section data-chapter="profile"><h3>${say.profileDomains}</h3><div class="profile">${rows}</div></section>`;
  }

  #answers(description: PathwayDescription): TemplateResult {
    const say = words(this.language);
    const given = flat(this.answers);
    const table = (items: readonly Item[], prefix: string) => html`<div class="answers"><table><tbody>${items.map((item) => {
      const name = `${prefix}${item.id}`;
      const said = this.setAside.includes(name) ? say.setAside : this.notAsked.includes(name) ? say.hidden : inWords(item, given[name], this.language, say);
      return html`<tr><th scope="row">${asks(item, this.language)}</th><td>${said}</td></tr>`;
    })}</tbody></table></div>`;
    const done = [...this.instruments].filter(([id]) => Object.keys(given).some((name) => name.startsWith(`${id}.`)));
    return html`<section data-chapter="answers"><h3>${say.answersList}</h3>${table(description.inputs, "")}
      ${done.map(([id, one]) => html`<h3>${say.answersList}: ${inLanguage(one.title, this.language)}</h3>${table([...one.items, ...one.inputs], `${id}.`)}`)}</section>`;
  }
}
