/** Choosing an instrument or a pathway for a person, then the day, the options of its rules, and what answers given before are carried over. */

import { html, nothing, type TemplateResult } from "lit";
import type { Description, Listed, ListedPathway, PathwayDescription } from "geras";
import { inLanguage } from "geras/element";
import { CarryOffer, offers, type Offer } from "./carry.js";
import type { Assessment, Person } from "../store/model.js";
import { View, dialogOf, knownAge, today } from "../view.js";
import { domainName, placeName } from "../words.js";

export class ChooseView extends View {
  static override properties = {
    _person: { state: true }, _search: { state: true }, _domain: { state: true }, _place: { state: true }, _only: { state: true },
    _chosen: { state: true }, _description: { state: true }, _date: { state: true }, _fault: { state: true }, _offers: { state: true },
  };
  declare _person: Person | undefined;
  declare _search: string;
  declare _domain: string;
  declare _place: string;
  declare _only: boolean;
  declare _chosen: Listed | ListedPathway | undefined;
  declare _description: Description | PathwayDescription | undefined;
  declare _offers: readonly Offer[];
  declare _date: string;
  declare _fault: string;

  constructor() {
    super();
    this._search = this._domain = this._place = this._fault = "";
    this._only = true;
    this._offers = [];
    this._date = today();
  }

  protected override async load(): Promise<void> {
    this._person = await this.desk.store.get("person", this.route[0] ?? "");
  }

  override render(): TemplateResult {
    const say = this.words;
    const person = this._person;
    if (!person) return html`<div class="page"><h1 tabindex="-1">${say.notFound}</h1></div>`;
    const newest = newestEditions(this.desk.list);
    const wanted = this._search.trim().toLowerCase();
    const fits = (one: Listed) =>
      (!this._domain || one.domain === this._domain) &&
      (!this._place || one.jurisdiction.split("-")[0] === this._place) &&
      (!this._only || one.languages.includes(this.language)) &&
      `${one.id} ${Object.values(one.title).join(" ")}`.toLowerCase().includes(wanted);
    const shown = newest.filter(fits);
    const pathways = newestEditions(this.desk.pathways).filter((one) => !this._domain && (!this._place || one.jurisdiction.split("-")[0] === this._place) && (!this._only || one.languages.includes(this.language)) && `${one.id} ${Object.values(one.title).join(" ")}`.toLowerCase().includes(wanted));
    const domains = [...new Set(newest.map((one) => one.domain))].sort((one, other) => domainName(one, this.language).localeCompare(domainName(other, this.language), this.language));
    const places = [...new Set([...newest, ...this.desk.pathways].map((one) => one.jurisdiction.split("-")[0] ?? ""))];
    return html`<div class="page">
      <p><a class="text" href="#/person/${person.id}">← ${person.name}</a></p>
      <h1 tabindex="-1">${say.choose}</h1><br />
      <div class="filters">
        <label class="field"><span>${say.chooseSearch}</span><input type="search" id="find" .value=${this._search} @input=${(event: Event) => (this._search = (event.target as HTMLInputElement).value)} /></label>
        <label class="field"><span>${say.domain}</span><select @change=${(event: Event) => (this._domain = (event.target as HTMLSelectElement).value)}>
          <option value="">${say.all}</option>${domains.map((domain) => html`<option value=${domain} ?selected=${domain === this._domain}>${domainName(domain, this.language)}</option>`)}</select></label>
        <label class="field"><span>${say.jurisdiction}</span><select @change=${(event: Event) => (this._place = (event.target as HTMLSelectElement).value)}>
          <option value="">${say.all}</option>${places.map((place) => html`<option value=${place} ?selected=${place === this._place}>${placeName(place, this.language)}</option>`)}</select></label>
      </div>
      <label class="row small"><input type="checkbox" .checked=${this._only} @change=${(event: Event) => (this._only = (event.target as HTMLInputElement).checked)} /> ${say.languagesOnly}</label><br />
      ${shown.length + pathways.length === 0 ? html`<p class="empty">${say.none}</p>` : nothing}
      ${pathways.length > 0 ? html`<h2>${say.pathways}</h2><p class="soft small">${say.pathwaysLead}</p><br />
        <ul class="cards two">${pathways.map((one) => html`<li><button type="button" class="card" data-pathway=${one.id} @click=${() => void this.#choose(one)}>
          <span class="name">${inLanguage(one.title, this.language)}</span><br />
          <span class="soft small">${[placeName(one.jurisdiction, this.language), one.edition, say.instrumentsUsed(one.instruments.length)].join(" · ")}</span></button></li>`)}</ul>` : nothing}
      ${shown.length > 0 ? html`<h2>${say.instruments}</h2>` : nothing}
      <ul class="cards two">${shown.map((one) => this.#card(one))}</ul>
      ${this.#dialog()}
    </div>`;
  }

  /** An instrument whose licence does not allow what it would be used for cannot be chosen, and says why. */
  #card(one: Listed): TemplateResult {
    const say = this.words;
    const allowed = one.licence.uses.some((use) => use === this.desk.use);
    const why = inLanguage(one.licence.uses_reason, this.language) || one.licence.terms || one.licence.holder || "";
    return html`<li><button type="button" class="card" data-instrument=${one.id} ?disabled=${!allowed} aria-describedby=${allowed ? nothing : `why-${one.id}`} @click=${() => void this.#choose(one)}>
      <span class="name">${inLanguage(one.title, this.language)}</span><br />
      <span class="soft small">${[domainName(one.domain, this.language), placeName(one.jurisdiction, this.language), one.edition, say.items(one.items)].join(" · ")}</span>
      ${one.shown === "numbers" || one.shown === "total" ? html`<br /><span class="soft small">${one.shown === "total" ? say.onlyTotal : say.onlyNumbers}</span>` : nothing}
      ${allowed ? nothing : html`<br /><span class="fault small" id="why-${one.id}">${say.notForUse(say.uses[this.desk.use] ?? "")}${why ? ` ${why}` : ""}</span>`}</button></li>`;
  }

  async #choose(one: Listed | ListedPathway): Promise<void> {
    this._fault = "";
    this._chosen = one;
    this._description = undefined;
    await this.#edition();
    await this.updateComplete;
    dialogOf(this)?.showModal();
  }

  /** The edition in force on the day decides what is asked. */
  async #edition(): Promise<void> {
    const id = this._chosen && `${this._chosen.jurisdiction.toLowerCase()}/${this._chosen.id}`;
    if (!id) return;
    this._fault = "";
    if (!this._date) return void (this._fault = this.words.dateMissing);
    try {
      const pathway = this._chosen && "instruments" in this._chosen;
      this._description = pathway ? await this.desk.engine.describePathway(id, this._date) : await this.desk.engine.describe(id, this._date);
      const { from, until } = "effective" in this._description ? this._description.effective : this._description;
      if (this._date < from || (until && this._date > until)) this._fault = this.words.notInForce;
      this._offers = pathway || !this._person ? [] : await offers(this.desk, this._person, this._description as Description, this.language);
    } catch (reason) {
      this._fault = this._description ? this.words.notInForce : `${this.words.notInForce} ${String((reason as Error).message)}`;
    }
  }

  #dialog(): TemplateResult {
    const say = this.words;
    const description = this._description;
    return html`<dialog aria-labelledby="begin-title">
      <h2 id="begin-title">${inLanguage(this._chosen?.title, this.language)}</h2>
      ${description?.description ? html`<p class="soft small">${inLanguage(description.description, this.language)}</p><br />` : nothing}
      <form novalidate @submit=${(event: SubmitEvent) => void this.#begin(event)}>
        <label class="field"><span>${say.date}</span><input type="date" name="date" required .value=${this._date} @change=${(event: Event) => { this._date = (event.target as HTMLInputElement).value; void this.#edition(); }} /></label>
        ${description && this._chosen && description.edition !== this._chosen.edition ? html`<p class="small">${say.otherEdition(description.edition)}</p><br />` : nothing}
        ${description && description.settings.length > 0 ? html`<h3>${say.settings}</h3>` : nothing}
        ${description?.settings.map((setting) => html`<label class="field"><span>${inLanguage(setting.text, this.language)}</span>
          <select name="setting:${setting.id}">${(setting.options ?? []).map((option) => html`<option value=${option.code} ?selected=${option.code === setting.default}>${inLanguage(option.label, this.language) || option.code}</option>`)}</select>
          ${setting.note ? html`<span class="soft small">${inLanguage(setting.note, this.language)}</span>` : nothing}</label>`)}
        ${this.#ageKnown()}
        ${this._offers.length > 0 && description ? html`<geras-carry .offers=${this._offers} .description=${description as Description} .desk=${this.desk} language=${this.language}></geras-carry>` : nothing}
        ${this._fault ? html`<p class="fault" role="alert">${this._fault}</p><br />` : nothing}
        <div class="row"><button class="button main" ?disabled=${!description || this._fault !== ""}>${say.begin}</button><button type="button" class="button" @click=${() => dialogOf(this)?.close()}>${say.cancel}</button></div>
      </form></dialog>`;
  }

  /** What the date of birth already answers. */
  #known(): Record<string, number> {
    const description = this._description;
    if (!description || !this._person) return {};
    return knownAge([...("items" in description ? description.items : []), ...description.inputs], this._person.born, this._date);
  }

  #ageKnown(): TemplateResult | typeof nothing {
    const [age] = Object.values(this.#known());
    return age === undefined ? nothing : html`<p class="small" id="age-known">${this.words.ageKnown(age, this._person?.born ?? "")}</p><br />`;
  }

  async #begin(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const [description, person] = [this._description, this._person];
    if (!description || !person || this._fault) return;
    const form = new FormData(event.target as HTMLFormElement);
    const settings = description.settings.flatMap((setting) => {
      const code = form.get(`setting:${setting.id}`);
      return typeof code === "string" && code !== setting.default ? [[setting.id, code] as const] : [];
    });
    const definition = await this.desk.engine.file(description.id, description.edition);
    const chosen = this._chosen;
    if (!definition || !chosen) return void (this._fault = this.words.notFound);
    // A pathway is kept with every edition of the instruments that it uses, and with those it extends.
    const listed = "instruments" in chosen ? [...this.desk.list.filter((one) => chosen.instruments.includes(one.id)), ...this.desk.pathways.filter((one) => chosen.extends.some((name) => name.endsWith(`${one.id}@${one.edition}`)))] : [];
    const used = await Promise.all(listed.map(async (one) => ({ ...(await this.desk.engine.file(one.id, one.edition)), hash: one.hash })));
    const taken = this.renderRoot.querySelector<CarryOffer>("geras-carry")?.taken;
    const now = new Date().toISOString();
    const assessment: Assessment = {
      id: crypto.randomUUID(),
      person: person.id,
      kind: "instruments" in chosen ? "pathway" : "instrument",
      uses: used.map((one) => one.hash),
      carried: taken?.carried ?? {},
      instrument: { id: description.id, edition: description.edition, hash: description.hash, title: description.title },
      date: this._date,
      settings: Object.fromEntries(settings),
      answers: { ...this.#known(), ...taken?.answers },
      override: null,
      status: "draft",
      summary: null,
      created: now,
      updated: now,
    };
    try {
      // The definition goes along: the assessment stays on it, whatever the app ships later.
      await this.desk.store.add([
        { kind: "definition", id: description.hash, value: { ...definition, hash: description.hash } },
        ...used.flatMap(({ path, text, hash }) => (path !== undefined && text !== undefined ? [{ kind: "definition" as const, id: hash, value: { path, text, hash } }] : [])),
        { kind: "assessment", id: assessment.id, value: assessment },
      ]);
      dialogOf(this)?.close();
      this.desk.go(`assess/${assessment.id}`);
    } catch {
      this._fault = this.words.storeFailed;
    }
  }
}

/** The newest edition of each. */
function newestEditions<One extends Listed | ListedPathway>(list: readonly One[]): One[] {
  const newest = new Map<string, One>();
  for (const one of list) newest.set(`${one.jurisdiction}/${one.id}`, one);
  return [...newest.values()];
}
