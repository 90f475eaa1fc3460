/** The first page: everybody, found by name or number, with their latest results. */

import { html, nothing, type TemplateResult } from "lit";
import { inLanguage, shade } from "geras/element";
import type { Assessment, Person } from "../store/model.js";
import { NotReadable } from "../store/model.js";
import { DiskFull } from "../store/store.js";
import { download, exported, importFile } from "../store/transfer.js";
import { View, ageOn, dialogOf, today } from "../view.js";

interface Entry {
  readonly person: Person;
  readonly assessments: readonly Assessment[];
}

export class PeopleView extends View {
  static override properties = { _entries: { state: true }, _search: { state: true }, _told: { state: true }, _fault: { state: true }, _missing: { state: true } };
  declare _entries: Entry[] | undefined;
  declare _search: string;
  declare _told: string;
  declare _fault: string;
  declare _missing: boolean;

  constructor() {
    super();
    this._search = "";
    this._told = "";
    this._fault = "";
    this._missing = false;
  }

  protected override async load(): Promise<void> {
    const [people, assessments] = await Promise.all([this.desk.store.all("person"), this.desk.store.all("assessment")]);
    const newest = (one: { updated: string }, other: { updated: string }) => (one.updated < other.updated ? 1 : -1);
    this._entries = people
      .map((person) => ({ person, assessments: assessments.filter((one) => one.person === person.id).sort((one, other) => (one.date === other.date ? newest(one, other) : one.date < other.date ? 1 : -1)) }))
      .sort((one, other) => newest(one.assessments[0] ?? one.person, other.assessments[0] ?? other.person));
  }

  override render(): TemplateResult {
    const say = this.words;
    const entries = this._entries ?? [];
    const wanted = this._search.trim().toLowerCase();
    const shown = entries.filter(({ person }) => `${person.name} ${person.number}`.toLowerCase().includes(wanted));
    return html`<div class="page">
      <div class="top"><h1 tabindex="-1">${say.people}</h1><button type="button" class="button main" id="new" @click=${() => dialogOf(this)?.showModal()}>＋ ${say.newPerson}</button></div>
      ${entries.length > 0
        ? html`<label class="field"><span class="sr">${say.search}</span><input type="search" placeholder=${say.search} .value=${this._search} @input=${(event: Event) => (this._search = (event.target as HTMLInputElement).value)} /></label>`
        : nothing}
      <div role="status">${this._told ? html`<p class="note">${this._told}</p><br />` : nothing}</div>
      ${this._fault ? html`<p class="fault" role="alert">${this._fault}</p><br />` : nothing}
      ${this._entries === undefined ? nothing : entries.length === 0 ? html`<p class="empty">${say.noPeople}</p>` : shown.length === 0 ? html`<p class="empty">${say.noneFound}</p>` : nothing}
      <ul class="cards">${shown.map((entry) => html`<li>${this.#card(entry)}</li>`)}</ul>
      <div class="row spaced">${this.#transfer()}</div>
      <p class="soft small">${say.privacy}</p>
      ${this.#dialog()}
    </div>`;
  }

  #card({ person, assessments }: Entry): TemplateResult {
    const say = this.words;
    const age = ageOn(person.born, today());
    return html`<a class="card" href="#/person/${person.id}">
      <div class="row"><span class="name">${person.name}</span><span class="soft">${[person.number, age === undefined ? "" : say.age(age)].filter(Boolean).join(" · ")}</span></div>
      <div class="row small">${assessments.slice(0, 4).map((one) => html`<span class="row">
        <span class="soft">${one.date}</span><span>${inLanguage(one.instrument.title, this.language)}</span>${chips(one, this.language, say.draft)}</span>`)}</div>
    </a>`;
  }

  #transfer(): TemplateResult {
    const say = this.words;
    return html`
      <button type="button" class="button" @click=${async () => download(`geras-${today()}.json`, await exported(this.desk.store))}>${say.exportAll}</button>
      <button type="button" class="button" @click=${() => this.renderRoot.querySelector<HTMLInputElement>("#file")?.click()}>${say.importFile}</button>
      <input id="file" type="file" accept=".json,application/json" hidden aria-label=${say.importFile} @change=${(event: Event) => void this.#import(event.target as HTMLInputElement)} />`;
  }

  async #import(input: HTMLInputElement): Promise<void> {
    const say = this.words;
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    this._told = this._fault = "";
    try {
      const done = await importFile(this.desk.store, file);
      this._told = [say.imported(done.people, done.assessments), done.copies ? say.importedCopies(done.copies) : "", done.known ? say.importedKnown(done.known) : ""].filter(Boolean).join(" ");
      await this.load();
    } catch (reason) {
      const why = reason instanceof NotReadable ? (reason.reason === "otherVersion" ? say.otherVersion(reason.place) : reason.reason === "broken" ? say.broken(reason.place) : say[reason.reason]) : reason instanceof DiskFull ? say.storeFailed : String(reason);
      this._fault = `${why} ${say.importRefused}`;
    }
  }

  #dialog(): TemplateResult {
    const say = this.words;
    return html`<dialog aria-labelledby="new-title" @close=${() => (this._missing = false)}>
      <h2 id="new-title">${say.newPerson}</h2>
      <form @submit=${(event: SubmitEvent) => void this.#create(event)} novalidate>
        ${personFields(this.words, undefined)}
        ${this._missing ? html`<p class="fault" role="alert">${say.nameMissing}</p><br />` : nothing}
        <div class="row"><button class="button main">${say.save}</button><button type="button" class="button" @click=${() => dialogOf(this)?.close()}>${say.cancel}</button></div>
      </form>
    </dialog>`;
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = readPerson(form);
    if (!given.name) return void (this._missing = true);
    const now = new Date().toISOString();
    const person: Person = { id: crypto.randomUUID(), ...given, created: now, updated: now };
    await this.desk.store.put("person", person.id, person);
    form.reset();
    dialogOf(this)?.close();
    this.desk.go(`person/${person.id}`);
  }
}

/** The grade and alerts of an assessment, or that it is not finished. */
export function chips(one: Assessment, language: string, draft: string): TemplateResult {
  const grade = one.summary?.grade;
  return html`${one.status === "draft" ? html`<span class="chip draft">${draft}</span>` : nothing}
    ${grade ? html`<span class="chip">${grade.of > 0 ? html`<span class="dot" .style=${`background:${shade(grade.place, grade.of)}`}></span>` : nothing}${inLanguage(grade.label, language)}</span>` : nothing}
    ${one.summary?.alerts ? html`<span class="chip alert">⚠ ${one.summary.alerts}</span>` : nothing}`;
}

export function personFields(say: PeopleView["words"], person: Person | undefined): TemplateResult {
  return html`
    <label class="field"><span>${say.name}</span><input name="name" maxlength="200" autocomplete="off" required .value=${person?.name ?? ""} /></label>
    <label class="field"><span>${say.number}</span><input name="number" maxlength="200" autocomplete="off" .value=${person?.number ?? ""} /></label>
    <label class="field"><span>${say.born}</span><input name="born" type="date" max=${today()} .value=${person?.born ?? ""} /></label>
    <label class="field"><span>${say.note}</span><textarea name="note" maxlength="20000" .value=${person?.note ?? ""}></textarea></label>`;
}

export function readPerson(form: HTMLFormElement): Pick<Person, "name" | "number" | "born" | "note"> {
  const data = new FormData(form);
  const text = (key: string) => String(data.get(key) ?? "").trim();
  return { name: text("name"), number: text("number"), born: text("born"), note: text("note") };
}
