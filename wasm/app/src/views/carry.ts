/** `<geras-carry>`: answers that the person gave to other instruments, offered to the one that is begun. Nothing is taken over that the assessor has not ticked. */

import { LitElement, html, nothing, type TemplateResult } from "lit";
import type { Answer, Description } from "geras";
import { asks, inLanguage, inWords, tokens, words } from "geras/element";
import type { Desk } from "../desk.js";
import { sheetOf } from "../opened.js";
import type { Assessment, Origin, Person, Texts } from "../store/model.js";
import { page } from "../style.js";
import type { Language } from "../words.js";

/** What one earlier assessment could give. */
export interface Offer {
  readonly title: Texts;
  readonly date: string;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly carried: Readonly<Record<string, Origin>>;
}

/** The offers of a person's other assessments, the newest first. The mappings are the engine's. */
export async function offers(desk: Desk, person: Person, to: Description, language: Language): Promise<Offer[]> {
  const all = (await desk.store.all("assessment")).filter((one) => one.person === person.id && one.kind === "instrument" && one.instrument.id !== to.id);
  const newest = new Map<string, Assessment>();
  for (const one of all.sort((a, b) => (`${a.date}${a.created}` < `${b.date}${b.created}` ? 1 : -1))) if (!newest.has(one.instrument.id)) newest.set(one.instrument.id, one);
  const found: Offer[] = [];
  for (const one of newest.values()) {
    const { date: _date, override: _override, settings: _settings, ...sheet } = sheetOf(one);
    const { id, edition, title } = one.instrument;
    // Where nothing says how its answers serve this instrument, there is nothing to offer.
    const filled = await desk.engine.carry(`${id}@${edition}`, `${to.id}@${to.edition}`, sheet as never, undefined, language).catch(() => undefined);
    if (!filled || "problems" in filled) continue;
    const carried = (filled.carried ?? {}) as Record<string, Origin>;
    const answers = Object.fromEntries(Object.entries(filled.answers).filter(([item, answer]) => answer !== null && item in carried)) as Record<string, Answer>;
    if (Object.keys(answers).length > 0) found.push({ title, date: one.date, answers, carried });
  }
  return found;
}

export class CarryOffer extends LitElement {
  static override styles = [tokens, page];
  static override properties = { offers: { attribute: false }, description: { attribute: false }, desk: { attribute: false }, language: {}, _from: { state: true }, _ticked: { state: true } };
  declare offers: readonly Offer[];
  declare description: Description;
  declare desk: Desk;
  declare language: Language;
  declare _from: number;
  declare _ticked: ReadonlySet<string>;

  constructor() {
    super();
    this._from = -1;
    this._ticked = new Set();
  }

  /** The answers that the assessor has taken over. */
  get taken(): Pick<Offer, "answers" | "carried"> {
    const offer = this.offers[this._from];
    const only = <T>(entries: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(entries).filter(([item]) => this._ticked.has(item)));
    return offer ? { answers: only(offer.answers), carried: only(offer.carried) } : { answers: {}, carried: {} };
  }

  override render(): TemplateResult {
    const say = this.desk.words;
    const offer = this.offers[this._from];
    return html`<label class="field"><span>${say.carryFrom}</span><select id="carry" @change=${(event: Event) => this.#choose(Number((event.target as HTMLSelectElement).value))}>
        <option value="-1">${say.carryNothing}</option>
        ${this.offers.map((one, place) => html`<option value=${place} ?selected=${place === this._from}>${inLanguage(one.title, this.language)} · ${one.date} · ${say.carryCount(Object.keys(one.answers).length, Object.values(one.carried).filter((origin) => !origin.exact).length)}</option>`)}</select></label>
      ${offer ? this.#list(offer) : nothing}`;
  }

  #list(offer: Offer): TemplateResult {
    const say = this.desk.words;
    const own = words(this.language);
    const items = [...this.description.items, ...this.description.inputs].filter((item) => item.id in offer.answers);
    return html`<p class="note small">${say.carryLead}</p>
      <ul class="carried" tabindex="0" aria-label=${say.carryFrom}>${items.map((item) => {
        const near = !offer.carried[item.id]?.exact;
        return html`<li><label><input type="checkbox" name=${item.id} .checked=${this._ticked.has(item.id)} @change=${() => this.#tick(item.id)} />
          <span class="what">${asks(item, this.language)}<br /><strong>${inWords(item, offer.answers[item.id], this.language, own)}</strong></span>
          ${near ? html`<span class="chip draft">${say.carryNear}</span>` : html`<span class="chip">${say.carryExact}</span>`}</label></li>`;
      })}</ul><br />`;
  }

  /** What means the same is ticked at first; what is only near, the assessor ticks. */
  #choose(place: number): void {
    this._from = place;
    this._ticked = new Set(Object.entries(this.offers[place]?.carried ?? {}).flatMap(([item, origin]) => (origin.exact ? [item] : [])));
  }

  #tick(item: string): void {
    const ticked = new Set(this._ticked);
    if (!ticked.delete(item)) ticked.add(item);
    this._ticked = ticked;
  }
}
customElements.define("geras-carry", CarryOffer);
