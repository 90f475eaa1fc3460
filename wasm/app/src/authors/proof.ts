/** `<geras-proof>`: what holds over all complete sheets of a definition, counted when asked for. Counts nothing itself: a worker of its own does, and can be stopped. */

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { EngineStopped, type EngineWorker } from "geras/worker-client";
import { tokens } from "geras/element";
import type { DefinitionFile, Proof } from "geras";
import { newEngine } from "../desk.js";
import { page } from "../style.js";
import { say, type Language, type Words } from "../words.js";

/** A great instrument takes some seconds, on a small machine a minute. */
const LIMIT = 180_000;
/** So many values are shown at once; of more the least and the most. */
const SHOWN = 12;
/** A count with more digits is rounded. */
const DIGITS = 15;

type Question = Proof["questions"][number];
type Monotony = Proof["worse_answers"][number];

const style = css`
  :host { display: block; margin-block-start: 1.6em; }
  .proof { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; margin-block-start: 10px; }
  summary { min-height: 44px; display: flex; gap: 10px; align-items: center; justify-content: space-between; cursor: pointer; font-weight: 600; }
  summary::before { content: "▸"; color: var(--ink-soft); }
  details[open] > summary::before { content: "▾"; }
  summary > span { flex: 1; }
  td.count { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
  ul li { padding-block: 4px; }
`;

export class GerasProof extends LitElement {
  static override styles = [tokens, page, style];
  static override properties = { file: { attribute: false }, language: {}, _proof: { state: true }, _of: { state: true }, _busy: { state: true }, _fault: { state: true } };
  /** The sound definition that can be proved. */
  declare file: DefinitionFile | undefined;
  declare language: Language;
  declare _proof: Proof | undefined;
  /** The text that the proof is about. */
  declare _of: string;
  declare _busy: boolean;
  declare _fault: string;
  #engine: EngineWorker | undefined;

  constructor() {
    super();
    this.language = "zh";
    this._of = this._fault = "";
    this._busy = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#engine?.stop();
  }

  override render(): TemplateResult | typeof nothing {
    const words = say(this.language);
    if (!this.file) return nothing;
    const current = this._proof && this._of === this.file.text ? this._proof : undefined;
    return html`<section aria-label=${words.proof}>
      <div class="row"><h2>${words.proof}</h2><span class="grow"></span>
        ${this._busy ? html`<button type="button" class="button" @click=${() => this.#engine?.stop("")}>${words.proofStop}</button>` : html`<button type="button" class="button" id="prove" @click=${() => void this.#prove()}>${words.proofStart}</button>`}</div>
      <p class="soft small" role="status">${this._busy ? words.proving : this._fault || (current ? words.proved : words.proofLead)}</p>
      ${current && !this._busy ? html`<div class="proof">${this.#monotony(current.worse_answers, words)}${current.questions.map((one) => this.#question(one, words))}</div>` : nothing}
    </section>`;
  }

  #monotony(all: readonly Monotony[], words: Words): TemplateResult {
    return html`<ul>${all.map((one) => {
      const name = one.id ?? words.grade;
      const [pair] = one.pairs;
      if (one.status === "never_milder") return html`<li>✓ ${words.neverMilder(name)}</li>`;
      if (one.status === "not_decided" || !pair) return html`<li>? ${words.notDecidedWhether(name)} ${one.reason ?? ""}</li>`;
      const change = `${pair.item}: ${told(pair.better[pair.item])} → ${told(pair.worse[pair.item])}; ${name}: ${told(pair.before)} → ${told(pair.after)}`;
      return html`<li><span class=${one.claimed === "sometimes_milder" ? "" : "error"}>✗ ${words.sometimesMilder(name)}</span> <code>${change}</code></li>`;
    })}</ul>`;
  }

  #question(one: Question, words: Words): TemplateResult {
    const name = [words.abouts[one.about] ?? one.about, one.id].filter(Boolean).join(" ");
    const values = one.reached.length > SHOWN ? [...one.reached.slice(0, SHOWN / 2), ...one.reached.slice(-SHOWN / 2)] : one.reached;
    return html`<details><summary><span>${name}</span><span class="soft small">${one.status === "not_decided" ? words.notCounted : words.valuesOf(one.different ?? one.reached.length)}</span></summary>
      ${one.reason ? html`<p class="note small">${one.reason}</p>` : nothing}
      ${values.length > 0 ? html`<table><tbody>${values.map((value) => html`<tr><td><code>${value.row ? `${value.row}. ` : ""}${value.value === null || value.value === undefined ? "–" : told(value.value)}</code></td>
        <td class="count">${value.percent.toFixed(2)} %</td><td class="count">${counted(value.sheets)}</td></tr>`)}</tbody></table>` : nothing}
      ${values.length < one.reached.length ? html`<p class="soft small">${words.moreValues(one.reached.length - values.length)}</p>` : nothing}</details>`;
  }

  async #prove(): Promise<void> {
    const file = this.file;
    if (!file) return;
    this._busy = true;
    this._fault = "";
    try {
      this.#engine ??= newEngine(LIMIT);
      this._proof = await this.#engine.prove(file);
      this._of = file.text;
    } catch (reason) {
      this._fault = reason instanceof EngineStopped ? say(this.language).proofStopped : String((reason as Error).message);
    } finally {
      this._busy = false;
    }
  }
}

function told(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A number of sheets, which may have a hundred digits. */
function counted(digits: string): string {
  return digits.length <= DIGITS ? digits.replace(/\B(?=(\d{3})+$)/g, " ") : `≈ ${digits[0]}.${digits.slice(1, 3)} × 10^${digits.length - 1}`;
}

customElements.define("geras-proof", GerasProof);
