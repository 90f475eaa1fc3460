/** Filling in one assessment: each answer is on the disk before the next can be given, and no two tabs write the same one. */

import { html, nothing, type TemplateResult } from "lit";
import type { PathwaySheet, Sheet } from "geras";
import type { Change } from "geras/element";
import { inLanguage, type GerasAssessment } from "geras/element";
import { openAssessment, pathwaySummary, sheetOf, summary, type Opened } from "../opened.js";
import { Conflict, DiskFull } from "../store/store.js";
import { View } from "../view.js";

export class AssessView extends View {
  static override properties = { _opened: { state: true }, _gone: { state: true }, _elsewhere: { state: true }, _sheet: { state: true } };
  declare _opened: Opened | undefined;
  declare _gone: boolean;
  /** Another tab fills it in. */
  declare _elsewhere: boolean;
  declare _sheet: ReturnType<typeof sheetOf> | undefined;

  #version = 0;
  #release: (() => void) | undefined;
  #id = "";

  constructor() {
    super();
    this._gone = false;
    this._elsewhere = false;
  }

  protected override async load(): Promise<void> {
    const id = this.route[0] ?? "";
    if (id !== this.#id) {
      this.#id = id;
      this.#release?.();
      this._opened = undefined;
      await this.#take(false);
    }
    const opened = await openAssessment(this.desk, id);
    if (id !== this.#id) return;
    this._gone = opened === undefined;
    // What this page has written itself is on the screen already.
    if (opened && (this._opened === undefined || opened.assessment.version > this.#version)) {
      this._opened = opened;
      this._sheet = sheetOf(opened.assessment);
      this.#version = opened.assessment.version;
    }
  }

  /** Takes the right to write, which one tab at a time has. */
  async #take(steal: boolean): Promise<void> {
    const name = `geras-assessment-${this.#id}`;
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: answered, resolve: answer } = Promise.withResolvers<boolean>();
    const lost = () => {
      this._elsewhere = true;
      answer(false);
    };
    navigator.locks
      .request(name, steal ? { steal: true } : { ifAvailable: true }, async (lock) => {
        answer(lock !== null);
        if (lock) await held;
      })
      .catch(lost);
    this._elsewhere = !(await answered);
    this.#release = release;
  }

  async #takeOver(): Promise<void> {
    await this.#take(true);
    this.#version = 0;
    this._opened = undefined;
    await this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release?.();
    this.#id = "";
  }

  override render(): TemplateResult {
    const say = this.words;
    const opened = this._opened;
    if (!opened) return html`<div class="page"><h1 tabindex="-1">${this._gone ? say.notFound : "…"}</h1></div>`;
    const { assessment, person, rules } = opened;
    const readonly = this._elsewhere || assessment.status === "finished";
    return html`
      <div class="page bar">
        <p><a class="text" href="#/person/${person.id}">← ${person.name}</a></p>
        <div class="top"><h1 tabindex="-1">${inLanguage(assessment.instrument.title, this.language)}</h1>
          <div class="row"><span class="soft">${assessment.date}</span><a class="button" href="#/report/${assessment.id}">${say.toReport}</a></div></div>
        ${this._elsewhere ? html`<p class="note row" role="status"><span>${say.readOnlyElsewhere}</span><button type="button" class="button" @click=${() => void this.#takeOver()}>${say.takeOver}</button></p>` : nothing}
        ${rules === "differ" ? html`<p class="note small">${say.definitionDiffers} (${assessment.instrument.edition})</p>` : nothing}
        ${rules === "foreign" ? html`<p class="note small">${say.definitionForeign}</p>` : nothing}
      </div>
      <geras-assessment .engine=${this.desk.engine} .which=${opened.which} .sheet=${this._sheet} .save=${this.#save} .carried=${assessment.carried} language=${this.language} ?readonly=${readonly}
        @geras-finish=${() => this.desk.go(`report/${assessment.id}`)}></geras-assessment>`;
  }

  #save = async ({ answers, sheet, item }: Change): Promise<void> => {
    const opened = this._opened;
    const form = this.renderRoot.querySelector<GerasAssessment>("geras-assessment");
    const told = form?.pathway ? pathwaySummary(form.pathway, sheet as PathwaySheet) : form?.description ? summary(form.description, sheet as Sheet) : undefined;
    if (!opened || !told) throw new Error(this.words.storeFailed);
    const { version: _version, ...before } = opened.assessment;
    // An answer that is given anew is nobody else's any more.
    const { [item]: given, ...carried } = before.carried;
    const assessment = { ...before, answers, carried, summary: told, updated: new Date().toISOString() };
    try {
      this.#version = await this.desk.store.put("assessment", assessment.id, assessment, this.#version);
    } catch (reason) {
      if (reason instanceof Conflict) this._elsewhere = true;
      throw new Error(reason instanceof DiskFull ? this.words.diskFull : reason instanceof Conflict ? this.words.conflict : this.words.storeFailed);
    }
    this._opened = { ...opened, assessment: { ...assessment, version: this.#version } };
    if (given) this._sheet = sheetOf(assessment);
  };
}
