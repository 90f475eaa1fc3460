/** The report of one assessment, and what can be done with it: finish, decide otherwise, print. */

import { html, nothing, type TemplateResult } from "lit";
import { NoInstrument, SheetRefused, type Account, type Description, type Sheet } from "geras";
import { inLanguage } from "geras/element";
import { openAssessment, sheetOf, summary, type Opened } from "../opened.js";
import type { Assessment } from "../store/model.js";
import { View, dialogOf } from "../view.js";

interface Computed {
  readonly account: Account;
  readonly description: Description;
  readonly sheet: Sheet;
}

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
      const description = await this.desk.engine.describe(opened.which);
      const session = await this.desk.engine.start(opened.which, sheetOf(opened.assessment), this.language);
      this._computed = { account: await session.account(["zh", "en"]), description, sheet: session.opened };
      session.close();
    } catch (reason) {
      this._fault = reason instanceof SheetRefused || reason instanceof NoInstrument ? reason.message : String(reason);
    }
  }

  override render(): TemplateResult {
    const say = this.words;
    const [opened, computed] = [this._opened, this._computed];
    if (this._fault) return html`<div class="page"><h1 tabindex="-1">${say.report}</h1><p class="fault" role="alert">${this._fault}</p></div>`;
    if (!opened || !computed) return html`<div class="page"><h1 tabindex="-1">${this._gone ? say.notFound : say.report}</h1></div>`;
    const { assessment, person, rules } = opened;
    const finished = assessment.status === "finished";
    return html`<div class="page">
      <div class="no-print">
        <p><a class="text" href="#/person/${person.id}">← ${person.name}</a></p>
        <div class="top"><h1 tabindex="-1">${say.report}</h1>
          <div class="row">
            ${finished
              ? html`<button type="button" class="button" @click=${() => void this.#write({ status: "draft" })}>${say.reopen}</button>`
              : html`<a class="button" href="#/assess/${assessment.id}">${say.toAnswers}</a><button type="button" class="button main" id="finish" @click=${() => void this.#write({ status: "finished" })}>${say.finish}</button>`}
            <button type="button" class="button" @click=${() => print()}>${say.print}</button>
            ${computed.description.grade ? html`<button type="button" class="button" id="override" @click=${() => dialogOf(this)?.showModal()}>${say.override}</button>` : nothing}
          </div></div>
        ${rules === "differ" ? html`<p class="note small">${say.definitionDiffers}</p><br />` : nothing}
        ${rules === "foreign" ? html`<p class="note small">${say.definitionForeign}</p><br />` : nothing}
      </div>
      <geras-report .account=${computed.account} .description=${computed.description} .answers=${assessment.answers} .notAsked=${computed.sheet.hidden} .setAside=${computed.sheet.set_aside}
        person=${[person.name, person.number].filter(Boolean).join(" · ")} language=${this.language}></geras-report>
      ${this.#dialog(computed.description, assessment)}
    </div>`;
  }

  #dialog(description: Description, assessment: Assessment): TemplateResult | typeof nothing {
    const say = this.words;
    const grade = description.grade;
    if (!grade) return nothing;
    return html`<dialog aria-labelledby="override-title"><h2 id="override-title">${say.overrideTitle}</h2>
      <form novalidate @submit=${(event: SubmitEvent) => void this.#decide(event)}>
        <label class="field"><span>${say.overrideGrade}</span><select name="grade">${grade.scale.map((id) => html`<option value=${id} ?selected=${id === assessment.override?.grade}>${inLanguage(grade.labels[id], this.language) || id}</option>`)}</select></label>
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
      const session = await this.desk.engine.start(opened.which, sheetOf(changed), this.language);
      const told = summary(computed.description, session.opened);
      session.close();
      await this.desk.store.put("assessment", changed.id, { ...changed, summary: told }, version);
      await this.load();
    } catch (reason) {
      this._fault = reason instanceof SheetRefused ? reason.message : this.words.conflict;
    }
  }
}
