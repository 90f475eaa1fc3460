/** One person: details, assessments, and how repeated ones compare. */

import { html, nothing, type TemplateResult } from "lit";
import { inLanguage } from "geras/element";
import type { Assessment, Person } from "../store/model.js";
import type { Versioned } from "../store/store.js";
import { download, exported } from "../store/transfer.js";
import { View, ageOn, dialogOf, today } from "../view.js";
import { chips, personFields, readPerson } from "./people.js";
import "./trend.js";

export class PersonView extends View {
  static override properties = { _person: { state: true }, _assessments: { state: true }, _gone: { state: true }, _fault: { state: true } };
  declare _person: Versioned<Person> | undefined;
  declare _assessments: Versioned<Assessment>[];
  declare _gone: boolean;
  declare _fault: string;

  constructor() {
    super();
    this._assessments = [];
    this._gone = false;
    this._fault = "";
  }

  protected override async load(): Promise<void> {
    const id = this.route[0] ?? "";
    this._person = await this.desk.store.get("person", id);
    this._gone = this._person === undefined;
    this._assessments = (await this.desk.store.all("assessment")).filter((one) => one.person === id).sort((one, other) => (`${one.date}${one.created}` < `${other.date}${other.created}` ? 1 : -1));
  }

  override render(): TemplateResult {
    const say = this.words;
    const person = this._person;
    if (!person) return html`<div class="page"><h1 tabindex="-1">${this._gone ? say.notFound : "…"}</h1><p><a class="text" href="#/">${say.toPeople}</a></p></div>`;
    const age = ageOn(person.born, today());
    return html`<div class="page">
      <p class="no-print"><a class="text" href="#/">← ${say.toPeople}</a></p>
      <div class="top"><div><h1 tabindex="-1">${person.name}</h1>
        <p class="soft">${[person.number, person.born, age === undefined ? "" : say.age(age)].filter(Boolean).join(" · ")}</p></div>
        <a class="button main" id="assess" href="#/choose/${person.id}">＋ ${say.newAssessment}</a></div>
      ${person.note ? html`<p>${person.note}</p>` : nothing}
      <h2>${say.assessments}</h2>
      ${this._assessments.length === 0 ? html`<p class="empty">${say.noAssessments}</p>` : nothing}
      <ul class="cards">${this._assessments.map((one) => html`<li><a class="card" href="#/${one.status === "draft" ? "assess" : "report"}/${one.id}">
        <div class="row"><span class="name">${inLanguage(one.instrument.title, this.language)}</span><span class="grow"></span>${chips(one, this.language, say.draft)}</div>
        <div class="row small soft"><span>${one.date}</span><span>${one.instrument.edition}</span><strong>${one.status === "draft" ? say.continue : say.openReport} →</strong></div></a></li>`)}</ul>
      ${repeated(this._assessments).map((group) => html`<geras-trend .desk=${this.desk} language=${this.language} .assessments=${group}></geras-trend>`)}
      <h2 class="no-print">${say.record}</h2>
      <div class="row no-print">
        <button type="button" class="button" @click=${() => dialogOf(this)?.showModal()}>${say.edit}</button>
        <button type="button" class="button" @click=${async () => download(`geras-${person.number || person.id.slice(0, 8)}-${today()}.json`, await exported(this.desk.store, person.id))}>${say.exportPerson}</button>
        <button type="button" class="button danger" @click=${() => void this.#remove(person)}>${say.remove}</button>
      </div>
      <p class="soft small no-print">${say.exportWarning}</p>
      <dialog aria-labelledby="edit-title"><h2 id="edit-title">${say.edit}</h2>
        <form novalidate @submit=${(event: SubmitEvent) => void this.#edit(event, person)}>${personFields(say, person)}
          ${this._fault ? html`<p class="fault" role="alert">${this._fault}</p><br />` : nothing}
          <div class="row"><button class="button main">${say.save}</button><button type="button" class="button" @click=${() => dialogOf(this)?.close()}>${say.cancel}</button></div></form></dialog>
    </div>`;
  }

  async #edit(event: SubmitEvent, person: Versioned<Person>): Promise<void> {
    event.preventDefault();
    const given = readPerson(event.target as HTMLFormElement);
    if (!given.name) return void (this._fault = this.words.nameMissing);
    try {
      await this.desk.store.put("person", person.id, { ...person, ...given, updated: new Date().toISOString() }, person.version);
      this._fault = "";
      dialogOf(this)?.close();
      await this.load();
    } catch {
      this._fault = this.words.conflict;
    }
  }

  async #remove(person: Person): Promise<void> {
    if (!confirm(this.words.removeSure(person.name))) return;
    await this.desk.store.remove([{ kind: "person", id: person.id }, ...this._assessments.map((one) => ({ kind: "assessment" as const, id: one.id }))]);
    this.desk.go("");
  }
}

/** Assessments of the same instrument, where there are several; the oldest first. */
function repeated(assessments: readonly Assessment[]): Assessment[][] {
  const groups = new Map<string, Assessment[]>();
  for (const one of [...assessments].reverse()) groups.set(one.instrument.id, [...(groups.get(one.instrument.id) ?? []), one]);
  return [...groups.values()].filter((group) => group.length > 1);
}
