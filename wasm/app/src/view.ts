/** What all pages share: the desk, the language, and a way to load again when something has changed. */

import { LitElement, type PropertyDeclarations, type PropertyValues } from "lit";
import { tokens } from "geras/element";
import type { Desk } from "./desk.js";
import { page } from "./style.js";
import type { Language, Words } from "./words.js";

export abstract class View extends LitElement {
  static override styles = [tokens, page];
  static override properties: PropertyDeclarations = { desk: { attribute: false }, language: {}, route: { attribute: false } };
  declare desk: Desk;
  declare language: Language;
  /** What stands behind the page's name in the address. */
  declare route: readonly string[];

  #again = () => void this.load().then(() => this.requestUpdate());

  get words(): Words {
    return this.desk.words;
  }

  /** Reads what the page shows. Called at first, for another address, and when a record has changed. */
  protected async load(): Promise<void> {}

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk?.addEventListener("change", this.#again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.desk?.removeEventListener("change", this.#again);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("route")) this.#again();
  }
}

export function dialogOf(view: LitElement): HTMLDialogElement | null {
  return view.renderRoot.querySelector("dialog");
}

/** Today in this place. */
export function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** LOINC's code for an age in years: a definition that asks for one says so by it. */
const AGE = "30525-0";

/** The questions about the age, with the completed years that somebody born on that day has on the day of the assessment; none where the definition would refuse them. */
export function knownAge(questions: readonly { readonly id: string; readonly loinc?: string | null; readonly range?: readonly (number | string)[] | null }[], born: string, day: string): Record<string, number> {
  const age = ageOn(born, day);
  if (age === undefined) return {};
  const takes = ([low, high]: readonly (number | string)[]) => Number(low) <= age && age <= Number(high);
  return Object.fromEntries(questions.filter((one) => one.loinc === AGE && (!one.range || takes(one.range))).map((one) => [one.id, age]));
}

/** Completed years on a day. */
export function ageOn(born: string, day: string): number | undefined {
  if (!born) return undefined;
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}
