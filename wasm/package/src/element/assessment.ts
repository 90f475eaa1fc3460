/**
 * `<geras-assessment>`: one person's assessment by an instrument or on a pathway, filled in section by section, with the result beside it. Knows no rule and stores
 * nothing by itself.
 */

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { SheetRefused, type Account, type Answer, type Decision, type Description, type PathwayAccount, type PathwayDescription, type PathwaySheet, type Sheet, type SheetInput, type Which } from "../index.js";
import { EngineStopped, type Engine } from "../worker-client.js";
import { InstrumentForm, PathwayForm, flat, isPathway, type Answers, type Form, type Part, type Stage, type Standing } from "./form.js";
import { asks, question, type Item, type QuestionActions } from "./question.js";
import { possible, shade } from "./result.js";
import { stageEntry, stageHead, type StageActions } from "./stage.js";
import { formStyle, tokens } from "./style.js";
import { inLanguage, words } from "./words.js";

/** How long the form is left alone before the engine words how a pathway stands, in milliseconds. */
const TELL_AFTER = 300;

/** The detail of the event `geras-change`. */
export interface Change {
  readonly answers: Answers;
  readonly sheet: Sheet | PathwaySheet;
  readonly item: string;
}

/** The sheet that a form begins with. On a pathway the answers to an instrument stand under its id, and a decision's `grade` is a kind of care setting. */
export type FormSheet = Omit<SheetInput, "answers"> & { readonly answers?: Readonly<Record<string, Answer | Readonly<Record<string, Answer | null>> | null>> };

export class GerasAssessment extends LitElement {
  static override styles = [tokens, formStyle];
  static override properties = {
    engine: { attribute: false },
    which: { attribute: false },
    sheet: { attribute: false },
    save: { attribute: false },
    carried: { attribute: false },
    language: { reflect: true },
    readonly: { type: Boolean },
    _form: { state: true },
    _state: { state: true },
    _account: { state: true },
    _called: { state: true },
    _answers: { state: true },
    _section: { state: true },
    _problems: { state: true },
    _failure: { state: true },
    _alarms: { state: true },
    _marked: { state: true },
  };

  /** The engine that computes. */
  declare engine: Engine | undefined;
  /** Which instrument or pathway. */
  declare which: Which | undefined;
  /** The sheet to begin with. A new object begins anew. */
  declare sheet: FormSheet;
  /** Stores the answers; the next answer can be given once it is done. Where it fails, the answer is taken back. */
  declare save: ((change: Change) => Promise<void>) | undefined;
  /** Answers that were carried over from another instrument, which the form marks. */
  declare carried: Readonly<Record<string, { readonly from: string; readonly exact: boolean }>>;
  declare language: string;
  declare readonly: boolean;
  declare _form: Form | undefined;
  declare _state: Sheet | PathwaySheet | undefined;
  /** On a pathway: the account of the answers so far, whose sentences stand beside the form. */
  declare _account: PathwayAccount | undefined;
  /** Instruments that the last answer has called for. */
  declare _called: readonly string[];
  declare _answers: Record<string, Answer>;
  declare _section: number;
  declare _problems: Record<string, { why: string; typed?: string }>;
  declare _failure: string;
  declare _alarms: string[];
  declare _marked: string;

  #standing: Standing | undefined;
  #opening = 0;
  #telling = 0;
  #told = 0;
  #busy = false;
  #actions: QuestionActions = {
    give: (item, answer) => void this.#turn(item, answer),
    take: (item) => void this.#turn(item, undefined),
    refuse: (item, typed, why) => (this._problems = { ...this._problems, [item]: { why, typed } }),
  };
  #stageActions: StageActions = {
    begin: (instrument) => void this.#begin(instrument, undefined),
    instead: (instrument, of) => void this.#begin(instrument, of),
    leave: (instrument, reason) => void this.#turn(instrument, reason ? { absent: reason } : undefined),
  };

  constructor() {
    super();
    this.sheet = {};
    this.carried = {};
    this.language = "en";
    this.readonly = false;
    this._answers = {};
    this._section = 0;
    this._problems = {};
    this._failure = "";
    this._alarms = [];
    this._called = [];
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
    return this._form ? this._form.nested(this._answers) : this._answers;
  }

  /** The state of the sheet as the engine told it last. */
  get state(): Sheet | PathwaySheet | undefined {
    return this._state;
  }

  /** What is in the instrument; nothing on a pathway. */
  get description(): Description | undefined {
    return this._form?.kind === "instrument" ? this._form.description : undefined;
  }

  /** What is in the pathway; nothing where an instrument is filled in. */
  get pathway(): PathwayDescription | undefined {
    return this._form?.kind === "pathway" ? this._form.description : undefined;
  }

  /** On a pathway: what is in the instruments that are filled in. */
  get instruments(): ReadonlyMap<string, Description> {
    return this._form?.kind === "pathway" ? this._form.instruments : new Map();
  }

  /** The full account, worded in these languages. */
  async account(languages: readonly string[]): Promise<Account | PathwayAccount | undefined> {
    return this._form?.account(languages);
  }

  /** Records a decision beside the grade, or takes it away. */
  async decide(decision: Decision | null): Promise<Sheet | PathwaySheet | undefined> {
    const state = await this._form?.decide(decision);
    if (state && state.problems.length === 0) this.#take(state);
    return state;
  }

  /** Shows a question and puts the focus on it. */
  async go(item: string): Promise<void> {
    const whole = item.endsWith(".") ? item.slice(0, -1) : undefined;
    const place = this.#parts().findIndex((part) => (whole ? part.instrument === whole : part.items.some((one) => one.id === item)));
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
    this._form?.close();
    this._form = undefined;
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
    this._form?.close();
    this._form = this._account = undefined;
    this._state = undefined;
    this._failure = "";
    this._problems = {};
    this._called = [];
    if (!engine || !which) return;
    try {
      const sheet = this.sheet as SheetInput;
      const form = (await isPathway(engine, which)) ? await PathwayForm.open(engine, which, sheet, this.language) : await InstrumentForm.open(engine, which, sheet, this.language);
      if (turn !== this.#opening) return form.close();
      this._form = form;
      this._answers = flat(this.sheet.answers ?? {});
      this.#take(form.state);
      this._section = Math.min(this._section, Math.max(0, this.#parts().length - 1));
      this.dispatchEvent(new CustomEvent("geras-ready", { detail: { description: form.description, sheet: form.state }, bubbles: true, composed: true }));
    } catch (reason) {
      if (turn !== this.#opening) return;
      const why = reason instanceof SheetRefused ? reason.problems.map((one) => `${one.item}: ${one.message}`).join("; ") : String((reason as Error).message);
      this._failure = why;
      this.dispatchEvent(new CustomEvent("geras-failed", { detail: { reason }, bubbles: true, composed: true }));
    }
  }

  /** Takes over where the sheet stands now. */
  #take(state: Sheet | PathwaySheet): void {
    const form = this._form;
    if (!form) return;
    this._state = form.state = state as never;
    this.#standing = form.kind === "pathway" ? form.standing(state as PathwaySheet) : form.standing(state as Sheet);
    if (form.kind === "pathway") void this.#tell(form);
  }

  /** Has the engine word how a pathway stands. What comes too late is not shown. */
  async #tell(form: PathwayForm): Promise<void> {
    const turn = ++this.#telling;
    // The next answer goes before the words about the last one.
    await new Promise((done) => setTimeout(done, TELL_AFTER));
    if (turn !== this.#telling || this._form !== form || this.#busy) return;
    const account = await form.account(["zh", "en"]).catch(() => undefined);
    if (turn !== this.#telling || !account) return;
    this.#told = turn;
    this._account = account;
  }

  /** Opens an instrument of the pathway to be filled in, perhaps in place of another one. */
  async #begin(instrument: string, of: string | undefined): Promise<void> {
    const form = this._form;
    if (form?.kind !== "pathway") return;
    if (of) form.wanted.delete(of);
    form.wanted.add(instrument);
    if (instrument in this._answers) await this.#turn(instrument, undefined);
    try {
      await form.learn();
    } catch (reason) {
      if (!(reason instanceof EngineStopped)) throw reason;
      // What was computed is lost, no answer is: the form begins anew with a new engine.
      this.sheet = { ...this.sheet, answers: form.nested(this._answers) };
      return;
    }
    // Its questions may take the place of the page that offered it, which has the same number.
    this.requestUpdate();
    await this.#show(Math.max(0, this.#parts().findIndex((part) => part.instrument === instrument)));
  }

  /** Gives or takes one answer: the engine first, then the store; if one says no, all is as before. */
  async #turn(item: string, answer: Answer | undefined): Promise<void> {
    const form = this._form;
    if (!form || this.#busy || this.readonly || (answer !== undefined && same(this._answers[item], answer))) {
      this._problems = without(this._problems, item);
      return this.requestUpdate();
    }
    this.#busy = true;
    this.setAttribute("aria-busy", "true");
    const before = this._answers[item];
    try {
      const state = await (answer === undefined ? form.clear(item) : form.set(item, answer));
      if (state.problems.length > 0) {
        const why = state.problems.map((problem) => problem.message).join(" ");
        this._problems = { ...this._problems, [item]: { why, ...(typeof answer === "number" || typeof answer === "string" ? { typed: String(answer) } : {}) } };
        return;
      }
      const answers = answer === undefined ? without(this._answers, item) : { ...this._answers, [item]: answer };
      if (form.kind === "pathway") {
        this.#called(form, state as PathwaySheet);
        form.state = state as PathwaySheet;
        await form.learn();
      }
      try {
        await this.save?.({ answers: form.nested(answers), sheet: state, item });
      } catch (reason) {
        this.#take(await (before === undefined ? form.clear(item) : form.set(item, before)));
        const told = reason instanceof Error && reason.message ? ` ${reason.message}` : "";
        this._problems = { ...this._problems, [item]: { why: `${words(this.language).notStored}${told}` } };
        this.dispatchEvent(new CustomEvent("geras-not-stored", { detail: { item, reason }, bubbles: true, composed: true }));
        return;
      }
      // Whoever stored it may have begun anew with another sheet.
      if (this._form !== form) return;
      const known = this.#standing?.alerts ?? [];
      const place = this.#parts()[this._section]?.id;
      this._answers = answers;
      this._problems = without(this._problems, item);
      this.#take(state);
      this.#raise(known);
      // A part that comes or goes before this one must not move the assessor elsewhere.
      const parts = this.#parts();
      this._section = Math.max(0, Math.min(parts.length - 1, parts.findIndex((part) => part.id === place) < 0 ? this._section : parts.findIndex((part) => part.id === place)));
      this.dispatchEvent(new CustomEvent<Change>("geras-change", { detail: { answers: form.nested(answers), sheet: state, item }, bubbles: true, composed: true }));
      if (state.changed.results.length > 0) {
        this.dispatchEvent(new CustomEvent("geras-outcome", { detail: state.line, bubbles: true, composed: true }));
      }
    } catch (reason) {
      if (!(reason instanceof EngineStopped)) throw reason;
      this.sheet = { ...this.sheet, answers: form.nested(this._answers) };
      this._problems = { [item]: { why: words(this.language).stopped } };
    } finally {
      this.#busy = false;
      this.removeAttribute("aria-busy");
      this.requestUpdate();
      if (this._form?.kind === "pathway" && this.#told !== this.#telling) void this.#tell(this._form);
    }
  }

  /** Alerts that are new and urgent have to be seen before anything else. */
  #raise(known: readonly string[]): void {
    const urgent = this._form?.alarms().filter((alert) => alert.urgency === "now").map((alert) => alert.id) ?? [];
    const raised = this.#standing?.alerts.filter((id) => !known.includes(id) && urgent.includes(id)) ?? [];
    if (raised.length > 0) this._alarms = raised;
  }

  /** Instruments that are called for now and were not before are told at once. */
  #called(form: PathwayForm, state: PathwaySheet): void {
    const before = new Set(form.stages().filter((stage) => stage.need === "wanted").map((stage) => stage.instrument));
    const required = form.description.assessments.filter((one) => one.required).map((one) => one.answers);
    const now = state.assessments.filter((stage) => stage.need === "wanted" && required.includes(stage.instrument) && !before.has(stage.instrument));
    this._called = [...this._called.filter((id) => state.assessments.some((stage) => stage.instrument === id && stage.need === "wanted")), ...now.map((stage) => stage.instrument)].filter((id, place, all) => all.indexOf(id) === place);
  }

  #parts(): Part[] {
    return this._form?.parts(this.language) ?? [];
  }

  #asked(part: Part): Item[] {
    const hidden = new Set(this.#standing?.hidden ?? []);
    return part.items.filter((item) => !hidden.has(item.id));
  }

  override render(): TemplateResult {
    const say = words(this.language);
    if (this._failure) return html`<div class="frame"><p class="fault" role="alert">${say.cannotOpen}${this._failure}</p></div>`;
    const state = this._state;
    const form = this._form;
    const parts = this.#parts();
    if (!state || !form) return html`<div class="frame"><p role="status">${say.opening}</p></div>`;
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
              const stage = this.#stage(one);
              const settled = stage && all === 0 ? stage.need === "absent" : all === done;
              return html`<button type="button" class="step ${settled ? "done" : ""} ${one.instrument ? "of" : ""}" aria-current=${place === this._section ? "step" : nothing} @click=${() => this.#show(place)}>
                <span>${one.title}</span>${all > 0 ? html`<span class="count">${done}/${all}</span>` : html`<span class="count">${stage?.need === "absent" ? say.notDone : say.offered}</span>`}</button>`;
            })}
          </div>
        </nav>
        <div class="body">${this.#news(form)}${part ? this.#part(part) : nothing}${this.#foot(parts)}</div>
        <aside @geras-go=${(event: CustomEvent<{ item: string }>) => void this.go(event.detail.item)}>${
          form.kind === "pathway"
            ? html`<geras-proposal .description=${form.description} .line=${(state as PathwaySheet).line} .account=${this._account} .instruments=${form.instruments} language=${this.language}></geras-proposal>`
            : html`<geras-result .description=${form.description} .line=${(state as Sheet).line} language=${this.language}></geras-result>`
        }<slot name="aside"></slot></aside>
      </div>
      ${this.#peek(form)}${this.#alarm()}
    `;
  }

  /** The instrument that a part belongs to, and what is wanted of it. */
  #stage(part: Part): Stage | undefined {
    return this._form?.kind === "pathway" ? this._form.stages().find((stage) => stage.instrument === part.instrument) : undefined;
  }

  #news(form: Form): TemplateResult | typeof nothing {
    if (form.kind !== "pathway" || this._called.length === 0) return nothing;
    const say = words(this.language);
    const reasons = (id: string) => inLanguage(form.description.assessments.find((one) => one.answers === id)?.reason, this.language);
    const name = (id: string) => inLanguage(form.description.assessments.find((one) => one.answers === id)?.title, this.language) || id;
    return html`<div class="note news" role="status">${this._called.map((id) => html`<p><strong>${say.calledFor}${name(id)}</strong>${reasons(id) ? html` – ${reasons(id)}` : nothing}
      <button type="button" class="button" @click=${() => void this.#begin(id, undefined)}>${say.fillIn}</button></p>`)}</div>`;
  }

  /** On a narrow page the result is below the questions; a bar keeps it in sight. */
  #peek(form: Form): TemplateResult {
    const say = words(this.language);
    const raised = this.#standing?.alerts.length ?? 0;
    const { line } = form.state;
    const waiting = line.status === "decided" ? say.decided : say.waiting(openItems(line).length);
    let [told, colour] = [waiting, ""];
    if (form.kind === "pathway") {
      const [kind] = possible(form.state.line.routing);
      const headline = this._account?.report[this.language.startsWith("zh") ? "zh" : "en"]?.headline[0];
      if (line.status === "decided" && kind && headline) told = headline;
    } else {
      const [grade, can] = [form.description.grade, possible(form.state.line.grade)];
      const only = can.length === 1 ? can[0] : undefined;
      if (only !== undefined && grade) [told, colour] = [inLanguage(grade.labels[only], this.language) || only, shade(grade.scale.indexOf(only), grade.scale.length)];
    }
    return html`<button type="button" class="peek" @click=${() => this.renderRoot.querySelector("aside")?.scrollIntoView({ block: "start" })}>
      ${colour ? html`<span class="dot" .style=${`background:${colour}`}></span>` : nothing}
      <span><span class="soft small">${say.result}</span><br />${told}</span>${raised > 0 ? html`<span class="alarmed">⚠ ${raised}</span>` : nothing}</button>`;
  }

  #part(part: Part): TemplateResult {
    const say = words(this.language);
    const asked = this.#asked(part);
    const standing = this.#standing;
    const stage = this.#stage(part);
    const named = (id: string) => (this._form?.kind === "pathway" ? this._form.description.assessments.some((one) => one.answers === id) : false);
    const aside = part.items.filter((item) => standing?.setAside.includes(item.id));
    const head = html`<div class="head">${stage && part.items.length > 0 ? html`<p class="soft small">${inLanguage(stage.title, this.language)}</p>` : nothing}<h2 tabindex="-1">${part.code ? html`<span class="code">${part.code}</span> ` : nothing}${part.title}</h2></div>`;
    if (stage && part.items.length === 0) {
      const answer = this._answers[stage.instrument];
      const absent = typeof answer === "object" && "absent" in answer ? answer.absent : undefined;
      const reason = this._form?.kind === "pathway" ? this._form.description.assessments.find((one) => one.answers === stage.instrument)?.reason : undefined;
      return html`${head}${stageEntry({ stage, absent, reason: inLanguage(reason, this.language), words: say, readonly: this.readonly, problem: this._problems[stage.instrument]?.why }, this.#stageActions)}`;
    }
    const first = stage && this.#parts().find((one) => one.instrument === part.instrument)?.id === part.id;
    const begun = part.instrument !== undefined && Object.keys(this._answers).some((name) => name.startsWith(`${part.instrument}.`));
    const title = (id: string) => (this._form?.kind === "pathway" ? inLanguage(this._form.description.assessments.find((one) => one.answers === id)?.title, this.language) : "") || id;
    return html`
      ${head}
      ${first && !begun && stage ? stageHead({ stage, mates: stage.mates.filter(named).map((id) => ({ id, title: title(id) })), words: say, readonly: this.readonly }, this.#stageActions) : nothing}
      ${this.#wordless(part, asked)}
      ${asked.length === 0 ? html`<p class="soft">${say.nothingHere}</p>` : nothing}
      ${asked.map((item, place) => html`${this.#heading(part, item, asked[place - 1])}${
        question(
          {
            item,
            answer: this._answers[item.id],
            language: this.language,
            words: say,
            problem: this._problems[item.id]?.why,
            typed: this._problems[item.id]?.typed,
            perhaps: standing?.perhaps.includes(item.id) ?? false,
            readonly: this.readonly,
            marked: this._marked === item.id,
            carried: this._answers[item.id] === undefined ? undefined : this.carried[item.id],
          },
          this.#actions,
        )}`,
      )}
      ${aside.length > 0 ? html`<p class="note small">${say.restored}${aside.map((item) => asks(item, this.language)).join(this.language.startsWith("zh") ? "、" : ", ")}</p>` : nothing}
    `;
  }

  /** The heading that a question stands under, where it is another one than that of the question before, and not the title of the whole part. */
  #heading(part: Part, item: Item, before: Item | undefined): TemplateResult | typeof nothing {
    const over = (one: Item | undefined) => one && inLanguage(part.items.slice(0, part.items.indexOf(one) + 1).findLast((other) => other.heading)?.heading, this.language);
    const heading = over(item);
    return heading && heading !== part.title && heading !== over(before) ? html`<h3 class="group">${heading}</h3>` : nothing;
  }

  /** Where items have no words, why they have none. */
  #wordless(part: Part, asked: readonly Item[]): TemplateResult | typeof nothing {
    const say = words(this.language);
    const licence = (part.instrument ? this.instruments.get(part.instrument) : this.description)?.licence;
    if (!licence || asked.every((item) => inLanguage(item.text, this.language) !== "")) return nothing;
    const why = [licence.holder ? say.heldBy(licence.holder) : "", licence.terms ?? "", inLanguage(licence.note, this.language)].filter(Boolean).join(" ");
    return html`<p class="note small" id="wordless">${say.wordless} ${why}</p>`;
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
    const alerts = this._form?.alarms().filter((alert) => this._alarms.includes(alert.id)) ?? [];
    if (alerts.length === 0) return nothing;
    return html`<dialog role="alertdialog" aria-labelledby="alarm-title" aria-describedby="alarm-text" @cancel=${(event: Event) => event.preventDefault()}>
      <div class="alarm"><h2 id="alarm-title">⚠ ${say.alertTitle}</h2>
        <div id="alarm-text">${alerts.map((alert) => html`<p>${inLanguage(alert.text, this.language)}</p>`)}</div>
        <button type="button" class="button" @click=${() => (this._alarms = [])}>${say.seen}</button></div>
    </dialog>`;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has("_section") || changed.has("_form")) {
      const [row, current] = [this.renderRoot.querySelector(".steps"), this.renderRoot.querySelector<HTMLElement>('.step[aria-current="step"]')];
      if (row && current) row.scrollLeft += current.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - current.offsetWidth) / 2;
    }
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }
}

function without<Value>(entries: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(entries).filter(([known]) => known !== key));
}

/** What an open result waits for, by name. */
function openItems(line: Sheet["line"] | PathwaySheet["line"]): string[] {
  return (line.waiting_on ?? []).flatMap((one) => (typeof one === "string" ? [one] : one.items.length > 0 ? one.items.map((item) => (one.instrument ? `${one.instrument}.${item}` : item)) : [one.instrument ?? ""]));
}

function same(one: Answer | undefined, other: Answer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
