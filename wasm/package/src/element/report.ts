/** `<geras-report>`: the account of one assessment, to be read and printed. Everything it says comes from the engine's account and the description. */

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { Account, Description } from "../index.js";
import { inWords } from "./question.js";
import { flat, type Answers } from "./form.js";
import { asks } from "./question.js";
import { bar, conclusions, possible, shade } from "./result.js";
import { tokens } from "./style.js";
import { inLanguage, words } from "./words.js";

/** The look of a report on paper and on the screen. */
export const reportStyle = css`
  :host { display: block; container-type: inline-size; }
  article { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: clamp(18px, 4vw, 48px); max-width: 860px; margin-inline: auto; }
  header { border-block-end: 2px solid var(--ink); padding-block-end: 14px; margin-block-end: 20px; }
  h2 { font-size: 1.7em; line-height: 1.25; }
  h3 { font-size: 1.08em; margin-block: 30px 10px; padding-block-end: 4px; border-block-end: 1px solid var(--line); }
  .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 8px 24px; margin-block-start: 12px; font-size: 0.95em; }
  .facts dt { color: var(--ink-soft); font-size: 0.85em; }
  .facts dd { font-weight: 600; }
  article > .note { margin-block-end: 16px; }
  .grade { font-size: 1.9em; font-weight: 750; line-height: 1.25; }
  .scale { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 4px; margin-block: 14px 4px; }
  .scale div { border-block-start: 12px solid var(--line); padding-block-start: 6px; font-size: 0.82em; line-height: 1.3; color: var(--ink-soft); overflow-wrap: anywhere; }
  .scale .is { color: var(--ink); font-weight: 700; }
  @container (max-width: 560px) { .scale div { font-size: 0; padding: 0; } }
  .alarm { border: 2px solid var(--alert); background: var(--alert-soft); border-radius: 10px; padding: 12px 16px; margin-block: 12px; font-weight: 650; }
  .alarm strong { color: var(--alert); display: block; font-size: 0.88em; }
  .alarm.soon { border-color: var(--warn); background: var(--warn-soft); }
  .alarm.soon strong { color: var(--warn); }
  table { border-collapse: collapse; width: 100%; font-size: 0.95em; }
  th, td { text-align: start; padding: 7px 10px 7px 0; border-block-end: 1px solid var(--line); vertical-align: top; }
  th { font-weight: 600; }
  thead th { color: var(--ink-soft); font-size: 0.88em; }
  td.number { font-variant-numeric: tabular-nums; font-weight: 650; white-space: nowrap; text-align: end; }
  .bar { display: block; height: 10px; border-radius: 5px; background: #ebe9e3; position: relative; overflow: hidden; min-width: 120px; margin-block-start: 8px; }
  .bar span { position: absolute; inset-block: 0; background: var(--accent); border-radius: 5px; }
  .bar.open span { background: repeating-linear-gradient(45deg, var(--accent) 0 5px, #8fb5b3 5px 10px); }
  ol.steps { counter-reset: step; display: grid; gap: 8px; }
  ol.steps li { counter-increment: step; display: grid; grid-template-columns: 2em 1fr; }
  ol.steps li::before { content: counter(step); color: var(--ink-soft); font-size: 0.85em; font-variant-numeric: tabular-nums; padding-block-start: 0.15em; }
  ol.steps li.strong { font-weight: 700; }
  ul.ways li { padding-inline-start: 1.2em; position: relative; margin-block-end: 4px; }
  ul.ways li::before { content: "→"; position: absolute; inset-inline-start: 0; color: var(--accent); }
  .sum { font-family: ui-monospace, monospace; font-size: 0.78em; overflow-wrap: anywhere; color: var(--ink-soft); }
  .override { border: 2px solid var(--ink); border-radius: 10px; padding: 14px 16px; margin-block: 14px; }
  @media print {
    :host { font-size: 10pt; line-height: 1.45; }
    article { border: 0; padding: 0; max-width: none; }
    h3 { break-after: avoid; margin-block: 16px 6px; }
    th, td { padding-block: 3px; }
    .answers { columns: 2; column-gap: 8mm; font-size: 0.92em; }
    tr, li, .alarm { break-inside: avoid; }
    * { print-color-adjust: exact; }
  }
`;

export class GerasReport extends LitElement {
  static override styles = [tokens, reportStyle];
  static override properties = { account: { attribute: false }, description: { attribute: false }, answers: { attribute: false }, setAside: { attribute: false }, notAsked: { attribute: false }, person: {}, language: {} };
  declare account: Account | undefined;
  declare description: Description | undefined;
  declare answers: Answers;
  declare notAsked: readonly string[];
  declare setAside: readonly string[];
  declare person: string;
  declare language: string;

  constructor() {
    super();
    this.answers = {};
    this.notAsked = [];
    this.setAside = [];
    this.person = "";
    this.language = "en";
  }

  override render(): TemplateResult | typeof nothing {
    const { account, description, language } = this;
    if (!account || !description) return nothing;
    const say = words(language);
    const definition = account.definitions[0];
    return html`<article lang=${language}>
      <header>
        <h2>${inLanguage(description.title, language)}</h2>
        <dl class="facts">
          ${this.person ? html`<div><dt>${say.person}</dt><dd>${this.person}</dd></div>` : nothing}
          <div><dt>${say.date}</dt><dd>${account.date ?? "–"}</dd></div>
          <div><dt>${say.instrument}</dt><dd>${description.source.title}</dd></div>
          <div><dt>${say.edition}</dt><dd>${description.edition}</dd></div>
        </dl>
      </header>
      ${account.status === "open" ? html`<p class="note">${say.incomplete}</p>` : nothing}
      ${this.#alerts(account, description)} ${this.#grade(account, description)} ${this.#findings(account, description)}
      ${this.#profile(account, description)} ${this.#milder(account)} ${this.#steps(account)} ${this.#sure(account, description)} ${this.#answers(description)}
      ${definition?.texts ? html`<p class="soft small">${say.siteWording}: ${definition.texts.origin}</p>` : nothing}
      ${definition ? html`<p class="sum">${say.definition}: ${definition.id}@${definition.edition} ${definition.hash} · ${say.engine} ${account.engine}</p>` : nothing}
    </article>`;
  }

  #alerts(account: Account, description: Description): TemplateResult[] {
    const say = words(this.language);
    const { holds } = conclusions(account.alerts);
    return description.alerts
      .filter((alert) => holds.includes(alert.id))
      .map((alert) => html`<div class="alarm ${alert.urgency}"><strong>⚠ ${alert.urgency === "now" ? say.alertNow : say.alertSoon}</strong>${inLanguage(alert.text, this.language)}</div>`);
  }

  #grade(account: Account, { grade, not_graded }: Description): TemplateResult | typeof nothing {
    const say = words(this.language);
    if (!grade) return not_graded ? html`<p class="soft">${inLanguage(not_graded, this.language)}</p>` : nothing;
    const can = possible(account.grade);
    const label = (id: string) => inLanguage(grade.labels[id], this.language) || id;
    const colour = (id: string) => shade(grade.scale.indexOf(id), grade.scale.length);
    const only = can.length === 1 ? can[0] : undefined;
    const decision = account.overridden;
    return html`
      <p class="soft">${decision ? say.computed : inLanguage(grade.title, this.language) || say.grade}</p>
      ${only
        ? html`<p class="grade" .style=${`color:${colour(only)}`}>${label(only)}</p>`
        : html`<p class="grade">${say.open}</p><p>${say.possible}: ${can.map(label).join(this.language.startsWith("zh") ? "、" : ", ")}</p>`}
      <div class="scale" aria-hidden="true">
        ${grade.scale.map((id) => html`<div class=${only === id ? "is" : ""} .style=${can.includes(id) ? `border-color:${colour(id)}` : ""}>${label(id)}</div>`)}
      </div>
      ${decision
        ? html`<div class="override"><p class="soft">${decision.by ? say.overriddenBy(decision.by) : say.overridden}</p><p class="grade">${label(decision.grade)}</p><p>${decision.reason}</p></div>`
        : nothing}
    `;
  }

  #findings(account: Account, description: Description): TemplateResult | typeof nothing {
    const say = words(this.language);
    const { holds } = conclusions(account.findings);
    const found = description.findings.filter((finding) => holds.includes(finding.id));
    if (found.length === 0) return nothing;
    return html`<h3>${say.findings}</h3><ul class="ways">
      ${found.map((finding) => html`<li><strong>${inLanguage(finding.text, this.language)}</strong>${finding.advice ? html`<div>${inLanguage(finding.advice, this.language)}</div>` : nothing}${finding.cite ? html` <span class="soft small">${finding.cite}</span>` : nothing}</li>`)}
    </ul>`;
  }

  #profile(account: Account, description: Description): TemplateResult | typeof nothing {
    const say = words(this.language);
    if (description.scores.length === 0) return nothing;
    const toward = (direction: string | null) => (direction === "higher_is_better" ? say.better : direction === "higher_is_worse" ? say.worse : "");
    // Said once where it holds for all of them.
    const shared = new Set(description.scores.map((score) => score.direction)).size === 1 && toward(description.scores[0]?.direction ?? null);
    return html`<h3>${say.profile}${shared ? html` <span class="soft small">${shared}</span>` : nothing}</h3><table>
      <tbody>${description.scores.map((score) => {
        const value = account.scores[score.id];
        const [low, high] = typeof value === "object" ? [value.min, value.max] : [value ?? null, value ?? null];
        const bands = Object.entries(description.bands).filter(([, set]) => set.of === score.id);
        const names = bands.flatMap(([id, set]) => {
          const can = possible(account.bands[id]);
          const band = can.length === 1 ? set.bands.find((one) => one.id === can[0]) : undefined;
          return band ? [inLanguage(band.label, this.language) || band.id] : [];
        });
        const towards = shared ? "" : toward(score.direction);
        return html`<tr><th scope="row">${inLanguage(score.title, this.language) || score.id}<div class="soft small">${[...names, towards].filter(Boolean).join(" · ")}</div></th>
          <td>${bar(low, high, score.range)}</td>
          <td class="number">${low === null || high === null ? "–" : low === high ? low : `${low}–${high}`}${score.range ? html`<span class="soft small"> / ${score.range[1]}</span>` : nothing}</td></tr>`;
      })}</tbody></table>`;
  }

  #milder(account: Account): TemplateResult | typeof nothing {
    const say = words(this.language);
    if (!account.milder) return nothing;
    const ways = account.milder.text[this.language] ?? account.milder.text["en"] ?? [];
    return html`<h3>${say.milder}</h3>${ways.length > 0 ? html`<ul class="ways">${ways.map((way) => html`<li>${way}</li>`)}</ul>` : html`<p>${say.milderNone}</p>`}`;
  }

  #steps(account: Account): TemplateResult {
    const say = words(this.language);
    const steps = account.explanation.filter((step) => step.step !== "doubted");
    return html`<h3>${say.reasons}</h3><ol class="steps">
      ${steps.map((step) => html`<li class=${step.step === "graded" || step.step === "overridden" ? "strong" : ""}><span>${inLanguage(step.text, this.language)}</span></li>`)}
    </ol>`;
  }

  #sure(account: Account, description: Description): TemplateResult | typeof nothing {
    const say = words(this.language);
    const doubts = account.explanation.filter((step) => step.step === "doubted");
    const notes = [description.source.note, description.licence.note].map((note) => inLanguage(note, this.language)).filter(Boolean);
    if (doubts.length === 0 && notes.length === 0) return nothing;
    return html`<h3>${say.sure}</h3>${doubts.map((doubt) => html`<p class="note">${inLanguage(doubt.text, this.language)}</p>`)}${notes.map((note) => html`<p class="soft small">${note}</p>`)}`;
  }

  #answers(description: Description): TemplateResult {
    const say = words(this.language);
    const hidden = new Set(this.notAsked);
    const given = flat(this.answers);
    return html`<h3>${say.answersList}</h3><div class="answers"><table>
      <tbody>${[...description.items, ...description.inputs].map((item) => {
        const said = this.setAside.includes(item.id) ? say.setAside : hidden.has(item.id) ? say.hidden : inWords(item, given[item.id], this.language, say);
        return html`<tr><th scope="row">${item.code ? html`<span class="soft small">${item.code}</span> ` : nothing}${asks(item, this.language)}</th><td>${said}</td></tr>`;
      })}</tbody></table></div>`;
  }
}
