/** `<geras-assessment>`: one assessment, filled in section by section, with the result beside it. Knows no rule and stores nothing by itself. */

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { SheetRefused, type Account, type Answer, type Decision, type Description, type Sheet, type SheetInput, type Which } from "../index.js";
import { EngineStopped, type Engine, type Session } from "../worker-client.js";
import { asks, question, type Item, type QuestionActions } from "./question.js";
import { conclusions, possible, shade } from "./result.js";
import { formStyle, tokens } from "./style.js";
import { inLanguage, words } from "./words.js";

/** What an assessment holds: answers to hidden questions too, so that they come back with their questions. */
export type Answers = Readonly<Record<string, Answer>>;

/** The detail of the event `geras-change`. */
export interface Change {
  readonly answers: Answers;
  readonly sheet: Sheet;
  readonly item: string;
}

interface Part {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly items: readonly Item[];
}

export class GerasAssessment extends LitElement {
  static override styles = [tokens, formStyle];
  static override properties = {
    engine: { attribute: false },
    which: { attribute: false },
    sheet: { attribute: false },
    save: { attribute: false },
    language: { reflect: true },
    readonly: { type: Boolean },
    _description: { state: true },
    _state: { state: true },
    _answers: { state: true },
    _section: { state: true },
    _problems: { state: true },
    _failure: { state: true },
    _alarms: { state: true },
    _marked: { state: true },
  };

  /** The engine that computes. */
  declare engine: Engine | undefined;
  /** Which instrument. */
  declare which: Which | undefined;
  /** The sheet to begin with. A new object begins anew. */
  declare sheet: SheetInput;
  /** Stores the answers; the next answer can be given once it is done. Where it fails, the answer is taken back. */
  declare save: ((change: Change) => Promise<void>) | undefined;
  declare language: string;
  declare readonly: boolean;
  declare _description: Description | undefined;
  declare _state: Sheet | undefined;
  declare _answers: Record<string, Answer>;
  declare _section: number;
  declare _problems: Record<string, { why: string; typed?: string }>;
  declare _failure: string;
  declare _alarms: string[];
  declare _marked: string;

  #session: Session | undefined;
  #opening = 0;
  #busy = false;
  #actions: QuestionActions = {
    give: (item, answer) => void this.#turn(item, answer),
    take: (item) => void this.#turn(item, undefined),
    refuse: (item, typed, why) => (this._problems = { ...this._problems, [item]: { why, typed } }),
  };

  constructor() {
    super();
    this.sheet = {};
    this.language = "en";
    this.readonly = false;
    this._answers = {};
    this._section = 0;
    this._problems = {};
    this._failure = "";
    this._alarms = [];
    this._marked = "";
  }

  /** While an answer is being stored, no other can be given; looking around is free. */
  override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    const hold = (event: Event) => {
      const moves = event instanceof KeyboardEvent && (event.key === "Tab" || event.key === "Shift" || event.key === "Escape");
      if (this.#busy && !moves) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    for (const kind of ["click", "keydown", "beforeinput"]) root.addEventListener(kind, hold, { capture: true });
    return root;
  }

  /** What was answered, whether its question is shown or hidden. */
  get answers(): Answers {
    return this._answers;
  }

  /** The state of the sheet as the engine told it last. */
  get state(): Sheet | undefined {
    return this._state;
  }

  /** What is in the instrument. */
  get description(): Description | undefined {
    return this._description;
  }

  /** The full account, worded in these languages. */
  async account(languages: readonly string[]): Promise<Account | undefined> {
    return this.#session?.account(languages);
  }

  /** Records a decision beside the grade, or takes it away. */
  async decide(decision: Decision | null): Promise<Sheet | undefined> {
    const state = await this.#session?.decide(decision);
    if (state && state.problems.length === 0) this._state = state;
    return state;
  }

  /** Shows a question and puts the focus on it. */
  async go(item: string): Promise<void> {
    const place = this.#parts().findIndex((part) => part.items.some((one) => one.id === item));
    if (place < 0) return;
    this._section = place;
    this._marked = item;
    await this.updateComplete;
    const shown = this.renderRoot.querySelector<HTMLElement>(`#item-${CSS.escape(item)}`);
    shown?.scrollIntoView({ block: "center" });
    shown?.querySelector<HTMLElement>("input, textarea, select")?.focus({ preventScroll: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#session?.close();
    this.#session = undefined;
    this.#opening += 1;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#open();
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("engine") || changed.has("which") || changed.has("sheet")) void this.#open();
  }

  async #open(): Promise<void> {
    const { engine, which } = this;
    const turn = ++this.#opening;
    this.#session?.close();
    this.#session = undefined;
    this._state = undefined;
    this._failure = "";
    this._problems = {};
    if (!engine || !which) return;
    try {
      const description = await engine.describe(which, this.sheet.date ?? undefined);
      const session = await engine.start(which, this.sheet, this.language);
      if (turn !== this.#opening) return session.close();
      this.#session = session;
      this._description = description;
      const given = Object.entries(this.sheet.answers ?? {}).filter((entry): entry is [string, Answer] => entry[1] !== null);
      this._answers = Object.fromEntries(given);
      this._state = session.opened;
      this._section = Math.min(this._section, Math.max(0, this.#parts().length - 1));
      this.dispatchEvent(new CustomEvent("geras-ready", { detail: { description, sheet: session.opened }, bubbles: true, composed: true }));
    } catch (reason) {
      if (turn !== this.#opening) return;
      const why = reason instanceof SheetRefused ? reason.problems.map((one) => `${one.item}: ${one.message}`).join("; ") : String((reason as Error).message);
      this._failure = why;
      this.dispatchEvent(new CustomEvent("geras-failed", { detail: { reason }, bubbles: true, composed: true }));
    }
  }

  /** Gives or takes one answer: the engine first, then the store; if one says no, all is as before. */
  async #turn(item: string, answer: Answer | undefined): Promise<void> {
    const session = this.#session;
    if (!session || this.#busy || this.readonly || (answer !== undefined && same(this._answers[item], answer))) {
      this._problems = without(this._problems, item);
      return this.requestUpdate();
    }
    this.#busy = true;
    this.setAttribute("aria-busy", "true");
    const before = this._answers[item];
    try {
      const state = await (answer === undefined ? session.clear(item) : session.set(item, answer));
      if (state.problems.length > 0) {
        const why = state.problems.map((problem) => problem.message).join(" ");
        this._problems = { ...this._problems, [item]: { why, ...(typeof answer === "number" || typeof answer === "string" ? { typed: String(answer) } : {}) } };
        return;
      }
      const answers = answer === undefined ? without(this._answers, item) : { ...this._answers, [item]: answer };
      try {
        await this.save?.({ answers, sheet: state, item });
      } catch (reason) {
        await (before === undefined ? session.clear(item) : session.set(item, before));
        const told = reason instanceof Error && reason.message ? ` ${reason.message}` : "";
        this._problems = { ...this._problems, [item]: { why: `${words(this.language).notStored}${told}` } };
        this.dispatchEvent(new CustomEvent("geras-not-stored", { detail: { item, reason }, bubbles: true, composed: true }));
        return;
      }
      this.#raise(state);
      this._answers = answers;
      this._problems = without(this._problems, item);
      this._state = state;
      this.dispatchEvent(new CustomEvent<Change>("geras-change", { detail: { answers, sheet: state, item }, bubbles: true, composed: true }));
      if (state.changed.results.length > 0) {
        this.dispatchEvent(new CustomEvent("geras-outcome", { detail: state.line, bubbles: true, composed: true }));
      }
    } catch (reason) {
      if (!(reason instanceof EngineStopped)) throw reason;
      this.sheet = { ...this.sheet, answers: this._answers };
      this._problems = { [item]: { why: words(this.language).stopped } };
    } finally {
      this.#busy = false;
      this.removeAttribute("aria-busy");
      this.requestUpdate();
    }
  }

  /** Alerts that are new and urgent have to be seen before anything else. */
  #raise(state: Sheet): void {
    const known = new Set(conclusions(this._state?.line.alerts ?? []).holds);
    const urgent = this._description?.alerts.filter((alert) => alert.urgency === "now").map((alert) => alert.id) ?? [];
    const raised = conclusions(state.line.alerts).holds.filter((id) => !known.has(id) && urgent.includes(id));
    if (raised.length > 0) this._alarms = raised;
  }

  #parts(): Part[] {
    const description = this._description;
    if (!description) return [];
    const all = new Map(description.items.map((item) => [item.id, item]));
    const parts: Part[] = description.sections.map((section) => ({
      id: section.id,
      code: section.code ?? "",
      title: inLanguage(section.title, this.language),
      items: section.items.flatMap((id) => all.get(id) ?? []),
    }));
    if (description.inputs.length > 0) parts.push({ id: "facts", code: "", title: words(this.language).facts, items: description.inputs });
    return parts;
  }

  #asked(part: Part): Item[] {
    const hidden = new Set(this._state?.hidden ?? []);
    return part.items.filter((item) => !hidden.has(item.id));
  }

  override render(): TemplateResult {
    const say = words(this.language);
    if (this._failure) return html`<div class="frame"><p class="fault" role="alert">${say.cannotOpen}${this._failure}</p></div>`;
    const state = this._state;
    const parts = this.#parts();
    if (!state || !this._description) return html`<div class="frame"><p role="status">${say.opening}</p></div>`;
    const part = parts[this._section];
    const counts = parts.map((one) => this.#asked(one)).map((items) => ({ all: items.length, done: items.filter((item) => item.id in this._answers).length }));
    const all = counts.reduce((sum, count) => sum + count.all, 0);
    const done = counts.reduce((sum, count) => sum + count.done, 0);
    return html`
      <div class="frame">
        <nav aria-label=${say.sectionsLabel}>
          <div class="meterline"><span>${say.sectionOf(this._section + 1, parts.length)}</span><span>${say.answeredOf(done, all)}</span></div>
          <div class="meter" role="progressbar" aria-label=${say.progress} aria-valuemin="0" aria-valuemax=${all} aria-valuenow=${done}><span .style=${`width:${all ? (done / all) * 100 : 0}%`}></span></div>
          <div class="steps">
            ${parts.map((one, place) => {
              const { all, done } = counts[place] ?? { all: 0, done: 0 };
              return html`<button type="button" class="step ${all === done ? "done" : ""}" aria-current=${place === this._section ? "step" : nothing} @click=${() => this.#show(place)}>
                <span>${one.title}</span><span class="count">${done}/${all}</span></button>`;
            })}
          </div>
        </nav>
        <div class="body">${part ? this.#part(part, state) : nothing}${this.#foot(parts)}</div>
        <aside><geras-result .description=${this._description} .line=${state.line} language=${this.language} @geras-go=${(event: CustomEvent<{ item: string }>) => void this.go(event.detail.item)}></geras-result><slot name="aside"></slot></aside>
      </div>
      ${this.#peek(state)}${this.#alarm()}
    `;
  }

  /** On a narrow page the result is below the questions; a bar keeps it in sight. */
  #peek(state: Sheet): TemplateResult {
    const say = words(this.language);
    const grade = this._description?.grade;
    const can = possible(state.line.grade);
    const only = can.length === 1 ? (can[0] ?? "") : undefined;
    const scale = grade?.scale ?? [];
    const told = only !== undefined && grade ? inLanguage(grade.labels[only], this.language) || only : state.line.status === "decided" ? say.decided : say.waiting(state.line.waiting_on?.length ?? 0);
    const raised = conclusions(state.line.alerts).holds.length;
    return html`<button type="button" class="peek" @click=${() => this.renderRoot.querySelector("aside")?.scrollIntoView({ block: "start" })}>
      ${only !== undefined ? html`<span class="dot" .style=${`background:${shade(scale.indexOf(only), scale.length)}`}></span>` : nothing}
      <span><span class="soft small">${say.result}</span><br />${told}</span>${raised > 0 ? html`<span class="alarmed">⚠ ${raised}</span>` : nothing}</button>`;
  }

  #part(part: Part, state: Sheet): TemplateResult {
    const say = words(this.language);
    const asked = this.#asked(part);
    const aside = part.items.filter((item) => state.set_aside.includes(item.id));
    return html`
      <div class="head"><h2 tabindex="-1">${part.code ? html`<span class="code">${part.code}</span> ` : nothing}${part.title}</h2></div>
      ${asked.length === 0 ? html`<p class="soft">${say.nothingHere}</p>` : nothing}
      ${asked.map((item) =>
        question(
          {
            item,
            answer: this._answers[item.id],
            language: this.language,
            words: say,
            problem: this._problems[item.id]?.why,
            typed: this._problems[item.id]?.typed,
            perhaps: state.perhaps.includes(item.id),
            readonly: this.readonly,
            marked: this._marked === item.id,
          },
          this.#actions,
        ),
      )}
      ${aside.length > 0 ? html`<p class="note small">${say.restored}${aside.map((item) => asks(item, this.language)).join(this.language.startsWith("zh") ? "、" : ", ")}</p>` : nothing}
    `;
  }

  #foot(parts: readonly Part[]): TemplateResult {
    const say = words(this.language);
    const last = this._section >= parts.length - 1;
    const open = this.#nextOpen(parts);
    return html`<div class="foot">
        <button type="button" class="button" ?disabled=${this._section === 0} @click=${() => this.#show(this._section - 1)}>${say.back}</button>
        ${open ? html`<button type="button" class="button" @click=${() => void this.go(open)}>${say.nextOpen}</button>` : nothing}
        <span class="grow"></span>
        ${last
          ? html`<button type="button" class="button main" @click=${() => this.dispatchEvent(new CustomEvent("geras-finish", { bubbles: true, composed: true }))}>${say.toResult}</button>`
          : html`<button type="button" class="button main" @click=${() => this.#show(this._section + 1)}>${say.next}</button>`}
      </div>
      ${this.save ? html`<p class="saved">${say.saved}</p>` : nothing}`;
  }

  /** The first question without an answer from here on, or else from the beginning. */
  #nextOpen(parts: readonly Part[]): string | undefined {
    const order = [...parts.slice(this._section), ...parts.slice(0, this._section)];
    return order.flatMap((part) => this.#asked(part)).find((item) => !(item.id in this._answers))?.id;
  }

  async #show(place: number): Promise<void> {
    this._section = place;
    this._marked = "";
    await this.updateComplete;
    const heading = this.renderRoot.querySelector<HTMLElement>(".body h2");
    heading?.focus({ preventScroll: true });
    const top = this.getBoundingClientRect().top;
    if (top < 0) this.scrollIntoView({ block: "start" });
  }

  #alarm(): TemplateResult | typeof nothing {
    const say = words(this.language);
    const alerts = this._description?.alerts.filter((alert) => this._alarms.includes(alert.id)) ?? [];
    if (alerts.length === 0) return nothing;
    return html`<dialog role="alertdialog" aria-labelledby="alarm-title" aria-describedby="alarm-text" @cancel=${(event: Event) => event.preventDefault()}>
      <div class="alarm"><h2 id="alarm-title">⚠ ${say.alertTitle}</h2>
        <div id="alarm-text">${alerts.map((alert) => html`<p>${inLanguage(alert.text, this.language)}</p>`)}</div>
        <button type="button" class="button" @click=${() => (this._alarms = [])}>${say.seen}</button></div>
    </dialog>`;
  }

  override updated(): void {
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }
}

function without<Value>(entries: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(entries).filter(([known]) => known !== key));
}

function same(one: Answer | undefined, other: Answer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
