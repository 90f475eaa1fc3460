/** `<geras-trend>`: assessments of one instrument beside each other: every score over time, and the answers that changed between two. */

import { LitElement, html, nothing, svg, type PropertyValues, type SVGTemplateResult, type TemplateResult } from "lit";
import type { Description } from "geras";
import { asks, inLanguage, inWords, tokens, words } from "geras/element";
import type { Desk } from "../desk.js";
import type { Assessment } from "../store/model.js";
import { page } from "../style.js";
import type { Language } from "../words.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [300, 140, 34, 14, 18, 24];

export class GerasTrend extends LitElement {
  static override styles = [tokens, page];
  static override properties = { desk: { attribute: false }, assessments: { attribute: false }, language: {}, _description: { state: true } };
  declare desk: Desk;
  declare assessments: readonly Assessment[];
  declare language: Language;
  declare _description: Description | undefined;

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("assessments")) void this.#describe();
  }

  async #describe(): Promise<void> {
    const last = this.assessments.at(-1);
    const stored = last && (await this.desk.store.get("definition", last.instrument.hash));
    if (stored) this._description = await this.desk.engine.describe({ path: stored.path, text: stored.text }).catch(() => undefined);
  }

  override render(): TemplateResult | typeof nothing {
    const last = this.assessments.at(-1);
    if (!last) return nothing;
    const say = this.desk.words;
    const scores = last.summary?.scores.filter((score) => score.range) ?? [];
    return html`<h2>${say.compare}: ${inLanguage(last.instrument.title, this.language)}</h2>
      <div class="charts">${scores.map((score) => this.#chart(score.id, inLanguage(score.title, this.language) || score.id, score.range ?? [0, 1]))}</div>
      ${this.#changes()}`;
  }

  #chart(id: string, title: string, [low, high]: readonly [number, number]): TemplateResult {
    const days = this.assessments.map((one) => Date.parse(one.date));
    const [first = 0, end = 1] = [days[0], days.at(-1)];
    const x = (day: number, place: number) => LEFT + (WIDTH - LEFT - RIGHT) * (end > first ? (day - first) / (end - first) : place / Math.max(1, days.length - 1));
    const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / Math.max(1e-9, high - low));
    const points = this.assessments.flatMap((one, place) => {
      const value = one.summary?.scores.find((score) => score.id === id)?.value;
      return typeof value === "number" ? [{ x: x(days[place] ?? 0, place), y: y(value), value, date: one.date }] : [];
    });
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
    const items = [...description.items, ...description.inputs].filter((item) => JSON.stringify(earlier.answers[item.id]) !== JSON.stringify(later.answers[item.id]));
    return html`<h2>${say.changedAnswers}</h2>
      ${items.length === 0
        ? html`<p class="soft">${say.noChange}</p>`
        : html`<div class="wide" tabindex="0" role="region" aria-label=${say.changedAnswers}><table><thead><tr><th scope="col">${say.question}</th><th scope="col">${earlier.date}</th><th scope="col">${later.date}</th></tr></thead>
            <tbody>${items.map((item) => html`<tr><th scope="row">${asks(item, this.language)}</th><td>${inWords(item, earlier.answers[item.id], this.language, own)}</td><td><strong>${inWords(item, later.answers[item.id], this.language, own)}</strong></td></tr>`)}</tbody></table></div>`}`;
  }
}
customElements.define("geras-trend", GerasTrend);
