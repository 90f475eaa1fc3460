/** The report of one assessment, and what can be done with it: finish, decide otherwise, print. */

import { html, nothing, type TemplateResult } from "lit";
import { NoInstrument, SheetRefused, type Account, type Description, type PathwayAccount, type PathwayDescription, type PathwaySheet, type Sheet } from "geras";
import { InstrumentForm, PathwayForm, inLanguage, type Standing } from "geras/element";
import { openAssessment, pathwaySummary, sheetOf, summary, type Opened } from "../opened.js";
import type { Assessment } from "../store/model.js";
import { View, dialogOf } from "../view.js";

type Computed =
  | { readonly kind: "instrument"; readonly account: Account; readonly description: Description; readonly sheet: Sheet; readonly standing: Standing }
  | { readonly kind: "pathway"; readonly account: PathwayAccount; readonly description: PathwayDescription; readonly sheet: PathwaySheet; readonly standing: Standing; readonly instruments: ReadonlyMap<string, Description> };

export class ReportView extends View {
  static override properties = { _opened: { state: true }, _computed: { state: true }, _fault: { state: true }, _missing: { state: true }, _gone: { state: true } };
  declare _opened: Opened | undefined;
  declare _computed: Computed | undefined;
  declare _fault: string;
  declare _missing: boolean;
  declare _gone: boolean;

  constructor() {
    super();
    this._fault = "";
    this._missing = false;
    this._gone = false;
  }

  protected override async load(): Promise<void> {
    const opened = await openAssessment(this.desk, this.route[0] ?? "");
    this._opened = opened;
    this._gone = opened === undefined;
    if (!opened) return;
    try {
      this._computed = await this.#compute(opened, opened.assessment);
    } catch (reason) {
      this._fault = reason instanceof SheetRefused || reason instanceof NoInstrument ? reason.message : String(reason);
    }
  }

  async #compute(opened: Opened, assessment: Assessment): Promise<Computed> {
    const engine = this.desk.engine;
    if (assessment.kind === "pathway") {
      const form = await PathwayForm.open(engine, opened.which, sheetOf(assessment) as never, this.language);
      const { description, state: sheet, instruments } = form;
      const computed: Computed = { kind: "pathway", account: await form.account(["zh", "en"]), description, sheet, standing: form.standing(sheet), instruments };
      form.close();
      return computed;
    }
    const form = await InstrumentForm.open(engine, opened.which, sheetOf(assessment) as never, this.language);
    const { description, state: sheet } = form;
    const computed: Computed = { kind: "instrument", account: await form.account(["zh", "en"]), description, sheet, standing: form.standing(sheet) };
    form.close();
    return computed;
  }

  override render(): TemplateResult {
    const say = this.words;
    const [opened, computed] = [this._opened, this._computed];
    if (this._fault) return html`<div class="page"><h1 tabindex="-1">${say.report}</h1><p class="fault" role="alert">${this._fault}</p></div>`;
    if (!opened || !computed) return html`<div class="page"><h1 tabindex="-1">${this._gone ? say.notFound : say.report}</h1></div>`;
    const { assessment, person, rules } = opened;
    const finished = assessment.status === "finished";
    const named = [person.name, person.number].filter(Boolean).join(" · ");
    return html`<div class="page">
      <div class="no-print">
        <p><a class="text" href="#/person/${person.id}">← ${person.name}</a></p>
        <div class="top"><h1 tabindex="-1">${say.report}</h1>
          <div class="row">
            ${finished
              ? html`<button type="button" class="button" @click=${() => void this.#write({ status: "draft" })}>${say.reopen}</button>`
              : html`<a class="button" href="#/assess/${assessment.id}">${say.toAnswers}</a><button type="button" class="button main" id="finish" @click=${() => void this.#write({ status: "finished" })}>${say.finish}</button>`}
            <button type="button" class="button" @click=${() => print()}>${say.print}</button>
            ${computed.kind === "pathway" || computed.description.grade ? html`<button type="button" class="button" id="override" @click=${() => dialogOf(this)?.showModal()}>${computed.kind === "pathway" ? say.overrideSetting : say.override}</button>` : nothing}
          </div></div>
        ${rules === "differ" ? html`<p class="note small">${say.definitionDiffers}</p><br />` : nothing}
        ${rules === "foreign" ? html`<p class="note small">${say.definitionForeign}</p><br />` : nothing}
      </div>
      ${computed.kind === "pathway"
        ? html`<geras-pathway-report .account=${computed.account} .description=${computed.description} .instruments=${computed.instruments} .answers=${assessment.answers} .notAsked=${computed.standing.hidden} .setAside=${computed.standing.setAside}
            person=${named} language=${this.language}></geras-pathway-report>`
        : html`<geras-report .account=${computed.account} .description=${computed.description} .answers=${assessment.answers} .notAsked=${computed.standing.hidden} .setAside=${computed.standing.setAside}
            person=${named} language=${this.language}></geras-report>`}
      ${this.#dialog(computed, assessment)}
    </div>`;
  }

  /** What people may decide on beside what was computed: a grade, or a kind of care setting. */
  #choices(computed: Computed): readonly (readonly [string, string])[] {
    if (computed.kind === "pathway") {
      return computed.description.care_settings.flatMap((setting) => setting.kinds.map((kind) => [kind.id, `${inLanguage(setting.label, this.language)} – ${inLanguage(kind.label, this.language)}`] as const));
    }
    const grade = computed.description.grade;
    return grade?.scale.map((id) => [id, inLanguage(grade.labels[id], this.language) || id] as const) ?? [];
  }

  #dialog(computed: Computed, assessment: Assessment): TemplateResult | typeof nothing {
    const say = this.words;
    const choices = this.#choices(computed);
    if (choices.length === 0) return nothing;
    return html`<dialog aria-labelledby="override-title"><h2 id="override-title">${computed.kind === "pathway" ? say.overrideSetting : say.override}</h2>
      <form novalidate @submit=${(event: SubmitEvent) => void this.#decide(event)}>
        <label class="field"><span>${say.overrideGrade}</span><select name="grade">${choices.map(([id, label]) => html`<option value=${id} ?selected=${id === assessment.override?.grade}>${label}</option>`)}</select></label>
        <label class="field"><span>${say.overrideReason}</span><textarea name="reason" required maxlength="20000" .value=${assessment.override?.reason ?? ""}></textarea></label>
        <label class="field"><span>${say.overrideBy}</span><input name="by" maxlength="200" autocomplete="off" .value=${assessment.override?.by ?? ""} /></label>
        ${this._missing ? html`<p class="fault" role="alert">${say.reasonMissing}</p><br />` : nothing}
        <div class="row"><button class="button main">${say.save}</button>
          ${assessment.override ? html`<button type="button" class="button" @click=${async () => { await this.#write({ override: null }); dialogOf(this)?.close(); }}>${say.overrideRemove}</button>` : nothing}
          <button type="button" class="button" @click=${() => dialogOf(this)?.close()}>${say.cancel}</button></div>
      </form></dialog>`;
  }

  async #decide(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const [grade, reason, by] = ["grade", "reason", "by"].map((key) => String(form.get(key) ?? "").trim());
    this._missing = !reason;
    if (!grade || !reason) return;
    await this.#write({ override: { grade, reason, ...(by ? { by } : {}) } });
    dialogOf(this)?.close();
  }

  async #write(change: Partial<Pick<Assessment, "status" | "override">>): Promise<void> {
    const [opened, computed] = [this._opened, this._computed];
    if (!opened || !computed) return;
    const { version, ...before } = opened.assessment;
    const changed: Assessment = { ...before, ...change, updated: new Date().toISOString() };
    try {
      const anew = await this.#compute(opened, changed);
      const told = anew.kind === "pathway" ? pathwaySummary(anew.description, anew.sheet) : summary(anew.description, anew.sheet);
      await this.desk.store.put("assessment", changed.id, { ...changed, summary: told }, version);
      await this.load();
    } catch (reason) {
      this._fault = reason instanceof SheetRefused ? reason.message : this.words.conflict;
    }
  }
}
