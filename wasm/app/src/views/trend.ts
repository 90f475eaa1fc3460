/** `<geras-trend>`: assessments of one instrument or pathway beside each other: every score over time, what has moved and why, and the answers that changed. */

import { LitElement, html, nothing, svg, type PropertyValues, type SVGTemplateResult, type TemplateResult } from "lit";
import type { Account, Answer, Description } from "geras";
import { asks, flat, inLanguage, inWords, tokens, words } from "geras/element";
import type { Desk } from "../desk.js";
import { sheetOf } from "../opened.js";
import type { Assessment } from "../store/model.js";
import { page } from "../style.js";
import type { Language } from "../words.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [300, 140, 34, 14, 18, 24];

export class GerasTrend extends LitElement {
  static override styles = [tokens, page];
  static override properties = { desk: { attribute: false }, assessments: { attribute: false }, language: {}, _description: { state: true }, _moved: { state: true } };
  declare desk: Desk;
  declare assessments: readonly Assessment[];
  declare language: Language;
  declare _description: Description | undefined;
  /** What the engine says has moved between the last two. */
  declare _moved: Account["change"] | undefined;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("assessments")) void this.#describe();
  }

  async #describe(): Promise<void> {
    const [earlier, later] = this.assessments.slice(-2);
    this._moved = this._description = undefined;
    if (!earlier || !later || later.kind === "pathway") return;
    const [old, stored] = await Promise.all([earlier, later].map((one) => this.desk.store.get("definition", one.instrument.hash)));
    if (!stored || !old) return;
    const which = { path: stored.path, text: stored.text, with: [{ path: old.path, text: old.text }] };
    this._description = await this.desk.engine.describe({ path: stored.path, text: stored.text }).catch(() => undefined);
    // Both are of the same person, whatever their own ids.
    const sheet = (one: Assessment) => ({ ...sheetOf(one), id: one.person }) as never;
    const before = await this.desk.engine.assess({ path: old.path, text: old.text }, sheet(earlier), ["zh", "en"]).catch(() => undefined);
    if (!before || "problems" in before) return;
    const account = await this.desk.engine.assessSince(which, sheet(later), before, ["zh", "en"]).catch(() => undefined);
    if (account && !("problems" in account)) this._moved = account.change ?? undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const last = this.assessments.at(-1);
    if (!last) return nothing;
    const say = this.desk.words;
    const scores = last.summary?.scores.filter((score) => score.range) ?? [];
    const known = scores.filter((score) => this.assessments.some((one) => one.summary?.scores.some(({ id, value }) => id === score.id && value !== null)));
    return html`<h2>${say.compare}${this.language === "zh" ? "：" : ": "}${inLanguage(last.instrument.title, this.language)}</h2>
      ${last.kind === "pathway" ? this.#settings() : nothing}
      ${known.length < scores.length ? html`<p class="soft small">${say.scoresOpen(scores.filter((score) => !known.includes(score)).map((score) => inLanguage(score.title, this.language) || score.id))}</p><br />` : nothing}
      <div class="charts">${known.map((score) => this.#chart(score.id, inLanguage(score.title, this.language) || score.id, score.range ?? [0, 1]))}</div>
      ${this.#movement()} ${this.#changes()}`;
  }

  /** The care setting of each assessment on a pathway. */
  #settings(): TemplateResult {
    const say = this.desk.words;
    return html`<table><caption class="sr">${say.settingsOverTime}</caption><tbody>${this.assessments.map((one) => html`<tr><th scope="row">${one.date}</th><td>${one.summary?.grade ? inLanguage(one.summary.grade.label, this.language) : say.open}</td></tr>`)}</tbody></table>`;
  }

  /** What has moved and why, in the engine's words. */
  #movement(): TemplateResult | typeof nothing {
    const moved = this._moved;
    if (!moved) return nothing;
    const lines = [...[...moved.moved].reverse().map((one) => inLanguage(one.text as Record<string, string>, this.language)), ...((moved.text as Record<string, string[]>)[this.language] ?? [])];
    if (lines.length === 0) return nothing;
    return html`<h2>${this.desk.words.moved}</h2><ul class="moved">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
  }

  /** A score over time; nothing where it was never worked out. */
  #chart(id: string, title: string, [low, high]: readonly [number, number]): TemplateResult | typeof nothing {
    const days = this.assessments.map((one) => Date.parse(one.date));
    const [first = 0, end = 1] = [days[0], days.at(-1)];
    const x = (day: number, place: number) => LEFT + (WIDTH - LEFT - RIGHT) * (end > first ? (day - first) / (end - first) : place / Math.max(1, days.length - 1));
    const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / Math.max(1e-9, high - low));
    const points = this.assessments.flatMap((one, place) => {
      const value = one.summary?.scores.find((score) => score.id === id)?.value;
      return typeof value === "number" ? [{ x: x(days[place] ?? 0, place), y: y(value), value, date: one.date }] : [];
    });
    if (points.length === 0) return nothing;
    const told = points.map((point) => `${point.date}: ${point.value}`).join("; ");
    const dots: SVGTemplateResult[] = points.map((point, place) => svg`<circle cx=${point.x} cy=${point.y} r="4.5" fill="#0b5a5e"></circle>
      <text x=${point.x} y=${point.y - 9} font-size="12" font-weight="600" text-anchor=${place === 0 ? "start" : place === points.length - 1 ? "end" : "middle"} fill="#1b2429">${point.value}</text>`);
    return html`<figure class="chart"><figcaption><strong>${title}</strong></figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${`${title}: ${told}`}>
        ${[low, high].map((value) => svg`<line x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(value)} y2=${y(value)} stroke="#d9d6cd"></line><text x=${LEFT - 6} y=${y(value) + 4} font-size="11" text-anchor="end" fill="#4d5a61">${value}</text>`)}
        <polyline fill="none" stroke="#0b5a5e" stroke-width="2.5" points=${points.map((point) => `${point.x},${point.y}`).join(" ")}></polyline>${dots}
        <text x=${LEFT} y=${HEIGHT - 6} font-size="11" fill="#4d5a61">${this.assessments[0]?.date ?? ""}</text>
        <text x=${WIDTH - RIGHT} y=${HEIGHT - 6} font-size="11" text-anchor="end" fill="#4d5a61">${this.assessments.at(-1)?.date ?? ""}</text>
      </svg></figure>`;
  }

  #changes(): TemplateResult | typeof nothing {
    const [earlier, later] = this.assessments.slice(-2);
    const description = this._description;
    if (!earlier || !later || !description) return nothing;
    const say = this.desk.words;
    const own = words(this.language);
    const [before, after]: Record<string, Answer>[] = [flat(earlier.answers), flat(later.answers)];
    if (!before || !after) return nothing;
    const items = [...description.items, ...description.inputs].filter((item) => JSON.stringify(before[item.id]) !== JSON.stringify(after[item.id]));
    return html`<h2>${say.changedAnswers}</h2>
      ${items.length === 0
        ? html`<p class="soft">${say.noChange}</p>`
        : html`<div class="wide" tabindex="0" role="region" aria-label=${say.changedAnswers}><table><thead><tr><th scope="col">${say.question}</th><th scope="col">${earlier.date}</th><th scope="col">${later.date}</th></tr></thead>
            <tbody>${items.map((item) => html`<tr><th scope="row">${asks(item, this.language)}</th><td>${inWords(item, before[item.id], this.language, own)}</td><td><strong>${inWords(item, after[item.id], this.language, own)}</strong></td></tr>`)}</tbody></table></div>`}`;
  }
}
customElements.define("geras-trend", GerasTrend);
