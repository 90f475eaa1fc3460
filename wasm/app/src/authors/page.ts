/** The policy author's page: a definition and its cases beside the form that they make, all of it computed in a worker that is stopped when it takes too long. */

import { css, html, nothing, type TemplateResult } from "lit";
import { EngineStopped } from "geras/worker-client";
import type { DefinitionFile, Diagnostics, DiagnosticShape, Report } from "geras";
import casesSchema from "../../../../instruments/schema/cases.schema.json";
import instrumentSchema from "../../../../instruments/schema/instrument.schema.json";
import pathwaySchema from "../../../../instruments/schema/pathway.schema.json";
import { inLanguage, tokens } from "geras/element";
import { newEngine } from "../desk.js";
import { page } from "../style.js";
import { View } from "../view.js";
import type { JsonSchema } from "./completion.js";
import "./editor.js";
import type { GerasEditor } from "./editor.js";
import "./proof.js";

const PAUSE = 350;
const MOST = 1_000_000;
const DRAFT = "geras.author";

const style = css`
  .work { max-width: none; display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
  .tabs { display: flex; gap: 6px; }
  .tabs button { border: 1.5px solid var(--line-strong); background: var(--paper); border-radius: 99px; min-height: 44px; padding: 0 1.1em; cursor: pointer; font-weight: 600; }
  .tabs button[aria-selected="true"] { background: var(--accent); border-color: var(--accent); color: #fff; }
  .work > * { min-width: 0; align-self: start; }
  .edit { display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: auto 60vh auto; gap: 10px; min-width: 0; }
  .edit > div:nth-child(2) { min-height: 0; }
  .pick select { width: auto; max-width: 16em; }
  .cases { max-height: 40vh; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px; }
  .found { max-height: 34vh; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
  .found button { display: grid; grid-template-columns: 5.5em 1fr; gap: 10px; width: 100%; text-align: start; border: 0; border-block-end: 1px solid var(--line); background: none; padding: 9px 14px; cursor: pointer; min-height: 44px; }
  .found button:hover { background: var(--accent-soft); }
  .found .error { color: var(--alert); font-weight: 650; }
  .found .warning { color: var(--warn); font-weight: 650; }
  .found p { padding: 12px 14px; }
  .form { border: 1px solid var(--line); border-radius: 10px; overflow: auto; max-height: 86vh; background: var(--ground); }
  .form > p { padding: 24px; }
  .cases li { display: flex; gap: 8px; padding: 3px 0; font-size: 0.93em; }
  @media (min-width: 1100px) { .edit { position: sticky; top: 16px; grid-template-rows: auto minmax(320px, 100vh - 280px) auto; } .found { max-height: 110px; } .work { grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); } .wide-top { grid-column: 1 / -1; } }
`;

export class AuthorsView extends View {
  static override styles = [tokens, page, style];
  static override properties = {
    _text: { state: true }, _cases: { state: true }, _tab: { state: true }, _found: { state: true }, _caseFound: { state: true }, _report: { state: true }, _sound: { state: true }, _pathway: { state: true }, _provable: { state: true }, _busy: { state: true }, _fault: { state: true },
  };
  declare _text: string;
  declare _cases: string;
  declare _tab: "definition" | "cases";
  declare _found: Diagnostics;
  declare _caseFound: Diagnostics;
  declare _report: Report | undefined;
  declare _sound: DefinitionFile | undefined;
  /** Whether the text in the editor defines a pathway. */
  declare _pathway: boolean;
  /** The last sound text, where it can be proved here. */
  declare _provable: DefinitionFile | undefined;
  declare _busy: boolean;
  declare _fault: string;

  readonly #engine = newEngine();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #typed = { definition: "", cases: "" };

  constructor() {
    super();
    const [text = "", cases = ""] = JSON.parse(sessionStorage.getItem(DRAFT) ?? "[]") as string[];
    this._text = this.#typed.definition = text;
    this._cases = this.#typed.cases = cases;
    this._tab = "definition";
    this._found = this._caseFound = [];
    this._busy = this._pathway = false;
    this._fault = "";
  }

  override firstUpdated(): void {
    if (this._text) this.#later();
    else void this.#openShipped(this.desk.list[0]?.id ?? "", this.desk.list[0]?.edition ?? "");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#engine.stop();
  }

  override render(): TemplateResult {
    const say = this.words;
    const cases = this._tab === "cases";
    const found = cases ? [...this._caseFound, ...(this._report?.diagnostics ?? [])] : this._found;
    return html`<div class="page work">
      <div class="wide-top"><p><a class="text" href="#/tools">← ${say.tools}</a></p><h1 tabindex="-1">${say.authors}</h1><p class="soft">${say.authorsLead}</p></div>
      <div class="edit">
        <div class="row"><div class="tabs" role="tablist">${(["definition", "cases"] as const).map((tab) => html`<button type="button" role="tab" aria-selected=${this._tab === tab} @click=${() => (this._tab = tab)}>${say[tab]}</button>`)}</div>
          <span class="grow"></span>
          <label class="row small pick"><span>${say.startFrom}</span> <select @change=${(event: Event) => this.#chosen(event.target as HTMLSelectElement)}><option value="">—</option>
            <optgroup label=${say.pathways}>${this.desk.pathways.map((one) => this.#entry(one))}</optgroup><optgroup label=${say.instruments}>${this.desk.list.map((one) => this.#entry(one))}</optgroup></select></label></div>
        <div>${cases
          ? html`<geras-editor id="cases" label=${say.cases} .text=${this._cases} .schema=${casesSchema as JsonSchema} .diagnostics=${found} @geras-text=${(event: CustomEvent<string>) => this.#edited("cases", event.detail)}></geras-editor>`
          : html`<geras-editor id="definition" label=${say.definition} .text=${this._text} .schema=${(this._pathway ? pathwaySchema : instrumentSchema) as unknown as JsonSchema} .diagnostics=${found} @geras-text=${(event: CustomEvent<string>) => this.#edited("definition", event.detail)}></geras-editor>`}</div>
        ${this.#findings(found)}
      </div>
      <div>
        <div class="row"><h2>${say.preview}</h2><span class="grow"></span><button type="button" class="button" @click=${() => this.#download()}>${say.downloadYaml}</button></div>
        <div class="form">${this._sound ? html`<geras-assessment .engine=${this.#engine} .which=${this._sound} language=${this.language}></geras-assessment>` : html`<p class="soft">${say.notSoundYet}</p>`}</div>
        ${this.#caseResults()}
        <geras-proof .file=${this._provable} language=${this.language}></geras-proof>
      </div>
    </div>`;
  }

  #entry({ id, edition, title }: { id: string; edition: string; title: Readonly<Record<string, string>> }): TemplateResult {
    return html`<option value="${id}@${edition}">${inLanguage(title, this.language)} ${edition}</option>`;
  }

  #findings(found: readonly DiagnosticShape[]): TemplateResult {
    const say = this.words;
    const errors = found.filter((one) => one.severity === "error").length;
    return html`<section aria-label=${say.problems}>
      <p role="status" class="small"><strong>${this._busy ? say.checking : this._fault || (found.length === 0 ? say.noProblems : say.errors(errors, found.length - errors))}</strong></p>
      ${this._fault && !this._busy ? html`<button type="button" class="button" @click=${() => this.#later()}>${say.checkAgain}</button>` : nothing}
      ${found.length > 0 ? html`<div class="found">${found.slice(0, 200).map((one) => html`<button type="button" @click=${() => this.renderRoot.querySelector<GerasEditor>("geras-editor")?.go(one.line, one.column)}>
        <span class=${one.severity}>${say.line(one.line)}</span><span>${one.message}${one.help ? html`<br /><span class="soft small">${one.help}</span>` : nothing} <span class="soft small">${one.name}</span></span></button>`)}</div>` : nothing}
    </section>`;
  }

  #caseResults(): TemplateResult | typeof nothing {
    const say = this.words;
    const results = this._report?.results ?? [];
    if (results.length === 0) return nothing;
    return html`<h2>${say.caseResults(results.filter((one) => one.passed).length, results.length)}</h2>
      <ul class="cases" tabindex="0" aria-label=${say.cases}>${results.map((one) => html`<li><span aria-hidden="true">${one.passed ? "✓" : "✗"}</span><span class=${one.passed ? "" : "error"}>${one.passed ? nothing : html`<span class="sr">✗ </span>`}${one.name}</span></li>`)}</ul>`;
  }

  #chosen(select: HTMLSelectElement): void {
    const [id = "", edition = ""] = select.value.split("@");
    if (id) void this.#openShipped(id, edition);
  }

  async #openShipped(id: string, edition: string): Promise<void> {
    const file = await this.desk.engine.file(id, edition);
    if (!file) return;
    this._sound = this._provable = this._report = undefined;
    const all = (await fetch("cases.json").then((response) => response.json()).catch(() => ({}))) as Record<string, string>;
    this._text = this.#typed.definition = file.text;
    this._cases = this.#typed.cases = all[file.path.replace(/\.yaml$/, ".cases.yaml")] ?? "";
    this.#later();
  }

  #edited(which: "definition" | "cases", text: string): void {
    if (this.#typed[which] === text) return;
    this.#typed[which] = text;
    if (which === "definition") this._text = text;
    else this._cases = text;
    this.#later();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), PAUSE);
  }

  async #check(): Promise<void> {
    const turn = ++this.#turn;
    const { definition, cases } = this.#typed;
    try {
      sessionStorage.setItem(DRAFT, JSON.stringify([definition, cases]));
    } catch {
      // Too large to be kept over a reload; the editor still has it.
    }
    this._fault = "";
    if (definition.length > MOST || cases.length > MOST) {
      this.#unknown(this.words.tooLongText);
      return;
    }
    this._busy = true;
    try {
      const file = { path: "definition.yaml", text: definition };
      const pathway = await this.#engine.isPathway(file);
      if (turn !== this.#turn) return;
      this._pathway = pathway;
      const found = await (pathway ? this.#engine.checkPathway(file) : this.#engine.check(file));
      if (turn !== this.#turn) return;
      this._found = found;
      const sound = found.every((one) => one.severity !== "error");
      if (sound && this._sound?.text !== definition) {
        this._sound = file;
        this._provable = pathway ? undefined : file;
      }
      const caseFile = { path: "definition.cases.yaml", text: cases };
      const caseFound = cases.trim() ? await this.#engine.check(caseFile) : [];
      if (turn !== this.#turn) return;
      this._caseFound = caseFound;
      this._report = sound && cases.trim() && caseFound.length === 0 ? await (pathway ? this.#engine.testPathway(file, caseFile) : this.#engine.test(file, caseFile)) : undefined;
    } catch (reason) {
      if (turn !== this.#turn) return;
      this.#unknown(reason instanceof EngineStopped ? this.words.tooLong : String((reason as Error).message));
    } finally {
      if (turn === this.#turn) this._busy = false;
    }
  }

  /** Nothing is known of the text as it stands; what was found in an earlier one is not shown beside it. */
  #unknown(why: string): void {
    this._fault = why;
    this._found = this._caseFound = [];
    this._sound = this._provable = this._report = undefined;
  }

  #download(): void {
    const address = URL.createObjectURL(new Blob([this.#typed[this._tab]], { type: "application/yaml" }));
    Object.assign(document.createElement("a"), { href: address, download: this._tab === "cases" ? "definition.cases.yaml" : "definition.yaml" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}

customElements.define("geras-authors", AuthorsView);
