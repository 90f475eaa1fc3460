/** One question as a form shows it, by the kind of its answer. Renders only: what becomes of an answer is the component's affair. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Answer, Description } from "../index.js";
import { inLanguage, type Words } from "./words.js";

export type Item = Description["items"][number];

/** What a question looks like now. */
export interface QuestionState {
  readonly item: Item;
  readonly answer: Answer | undefined;
  readonly language: string;
  readonly words: Words;
  readonly problem: string | undefined;
  readonly perhaps: boolean;
  readonly readonly: boolean;
  readonly marked: boolean;
  /** The answer as it was typed, where it was not taken. */
  readonly typed: string | undefined;
  /** Where the answer was carried over from. */
  readonly carried: { readonly from: string; readonly exact: boolean } | undefined;
}

/** What an assessor does to it. */
export interface QuestionActions {
  give(item: string, answer: Answer): void;
  take(item: string): void;
  refuse(item: string, typed: string, why: string): void;
}

/** What a question asks; its id where the wording may not be shipped. */
export function asks(item: Item, language: string): string {
  return inLanguage(item.text, language) || item.code || item.id;
}

function isAbsent(answer: Answer | undefined): answer is { readonly absent: string } {
  return typeof answer === "object" && "absent" in answer;
}

/** An answer in words. */
export function inWords(item: Item, answer: Answer | undefined, language: string, words: Words): string {
  if (answer === undefined) return words.unanswered;
  if (isAbsent(answer)) return words.absent[answer.absent] ?? answer.absent;
  const label = (code: string) => inLanguage(item.options?.find((option) => option.code === code)?.label, language) || code;
  if (typeof answer === "boolean") return answer ? words.yes : words.no;
  if (typeof answer === "number") return `${answer}${item.unit ? ` ${unitInWords(item.unit, language)}` : ""}`;
  if (typeof answer === "string") return item.options ? label(answer) : answer;
  return answer.length === 0 ? words.noneOfThese : answer.map(label).join(language.startsWith("zh") ? "、" : ", ");
}

/** UCUM writes for machines; people read these. */
export function unitInWords(unit: string, language = "en"): string {
  const time: Record<string, string> = language.startsWith("zh") ? { a: "岁", mo: "个月", wk: "周", d: "天", h: "小时", min: "分钟", s: "秒" } : { a: "years", mo: "months", wk: "weeks", d: "days", h: "hours", min: "minutes", s: "seconds" };
  const known: Record<string, string> = { "kg/m2": "kg/m²", "mm[Hg]": "mmHg", Cel: "°C", "1": "", "m/s": "m/s", ...time };
  return known[unit] ?? unit.replace(/[{}]/g, "");
}

/** A question with its answers, the reasons for having none, and what is wrong. */
export function question(state: QuestionState, actions: QuestionActions): TemplateResult {
  const { item, answer, language, words, problem, readonly } = state;
  const asked = asks(item, language);
  const help = inLanguage(item.help, language);
  const grouped = item.type === "choice" || item.type === "choices" || item.type === "boolean";
  const described = [help && `help-${item.id}`, problem && `tell-${item.id}`].filter(Boolean).join(" ");
  const heading = html`${item.code ? html`<span class="code">${item.code}</span>` : nothing}<span>${asked}</span>`;
  const body = html`
    ${help ? html`<p class="help" id="help-${item.id}">${help}</p>` : nothing}
    ${state.carried ? html`<p class="help"><span class="mark">${state.carried.exact ? words.carriedSame(state.carried.from) : words.carriedNear(state.carried.from)}</span></p>` : nothing}
    ${state.perhaps ? html`<p class="help">${words.perhaps}</p>` : nothing}
    ${answers(state, actions, described)}
    <div class="under ${item.absent?.length ? "" : "bare"}">
      ${item.absent?.length ? reasons(state, actions) : html`<span></span>`}
      ${answer !== undefined && !readonly
        ? html`<button type="button" class="quiet" aria-label=${words.clearOf(asked)} @click=${() => actions.take(item.id)}>${words.clear}</button>`
        : nothing}
    </div>
    ${problem ? html`<p class="fault tell" id="tell-${item.id}" role="alert">${problem}</p>` : nothing}
  `;
  const classes = `question ${answer !== undefined ? "answered" : ""} ${state.marked ? "hit" : ""}`;
  return grouped
    ? html`<fieldset class=${classes} id="item-${item.id}" aria-describedby=${described || nothing} ?disabled=${readonly}>
        <legend class="ask">${heading}</legend><div>${body}</div>
      </fieldset>`
    : html`<div class=${classes} id="item-${item.id}"><label class="ask" for="field-${item.id}">${heading}</label>${body}</div>`;
}

function answers(state: QuestionState, actions: QuestionActions, described: string): TemplateResult {
  switch (state.item.type) {
    case "choice":
      return choice(state, actions);
    case "choices":
      return choices(state, actions);
    case "boolean":
      return truth(state, actions);
    case "integer":
    case "decimal":
      return number(state, actions, described);
    default:
      return written(state, actions, described);
  }
}

function option(kind: "radio" | "checkbox", name: string, label: string, points: string, checked: boolean, change: (checked: boolean) => void): TemplateResult {
  return html`<label class="option">
    <input type=${kind} name=${name} .checked=${live(checked)} @change=${(event: Event) => change((event.target as HTMLInputElement).checked)} />
    <span class="words">${label}</span>${points ? html`<span class="points">${points}</span>` : nothing}
  </label>`;
}

/** Labels that fit side by side. */
function short(labels: readonly string[]): boolean {
  const width = (text: string) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
  return labels.every((label) => width(label) <= 12) && labels.length <= 6;
}

function choice({ item, answer, language, words }: QuestionState, actions: QuestionActions): TemplateResult {
  const options = item.options ?? [];
  const labels = options.map((one) => inLanguage(one.label, language) || one.code);
  return html`<div class="options ${short(labels) ? "short" : ""}">
    ${options.map((one, place) =>
      option("radio", item.id, labels[place] ?? one.code, one.points === null ? "" : words.points(one.points), answer === one.code, () => actions.give(item.id, one.code)),
    )}
  </div>`;
}

function choices({ item, answer, language, words }: QuestionState, actions: QuestionActions): TemplateResult {
  const options = item.options ?? [];
  const chosen = Array.isArray(answer) ? (answer as readonly string[]) : undefined;
  const toggle = (code: string, on: boolean, alone: boolean) => {
    const others = (chosen ?? []).filter((known) => known !== code && !alone && !options.find((one) => one.code === known)?.exclusive);
    const codes = on ? [...others, code] : (chosen ?? []).filter((known) => known !== code);
    // In the printed order, so that the same ticks are the same answer.
    actions.give(item.id, options.map((one) => one.code).filter((known) => codes.includes(known)));
  };
  const labels = options.map((one) => inLanguage(one.label, language) || one.code);
  const hasNone = options.some((one) => one.exclusive);
  return html`<div class="options ${short(labels) ? "short" : ""}">
    ${options.map((one, place) =>
      option("checkbox", item.id, labels[place] ?? one.code, one.points === null ? "" : words.points(one.points), chosen?.includes(one.code) ?? false, (on) => toggle(one.code, on, one.exclusive === true)),
    )}
    ${hasNone ? nothing : option("checkbox", item.id, words.noneOfThese, "", chosen?.length === 0, (on) => (on ? actions.give(item.id, []) : actions.take(item.id)))}
  </div>`;
}

function truth({ item, answer, words }: QuestionState, actions: QuestionActions): TemplateResult {
  const points = (value: number | undefined) => (value === undefined ? "" : words.points(value));
  return html`<div class="options short">
    ${option("radio", item.id, words.no, points(item.points?.false), answer === false, () => actions.give(item.id, false))}
    ${option("radio", item.id, words.yes, points(item.points?.true), answer === true, () => actions.give(item.id, true))}
  </div>`;
}

function number(state: QuestionState, actions: QuestionActions, described: string): TemplateResult {
  const { item, answer, words } = state;
  const whole = item.type === "integer";
  const unit = item.unit ? unitInWords(item.unit, state.language) : "";
  const [low, high] = item.range ?? [0, 0];
  const given = typeof answer === "number" ? answer : undefined;
  const commit = (event: Event) => {
    const typed = (event.target as HTMLInputElement).value.trim().replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10)).replace(/[．。]/g, ".");
    if (typed === "") return void (answer === undefined || isAbsent(answer) ? undefined : actions.take(item.id));
    if (!/^[-−]?\d+(\.\d+)?$/.test(typed)) return actions.refuse(item.id, typed, words.noNumber);
    actions.give(item.id, Number(typed.replace("−", "-")));
  };
  const bump = (by: number) => actions.give(item.id, Math.min(high, Math.max(low, (given ?? low - Math.sign(by)) + by)));
  return html`<div class="entry">
    ${whole ? html`<button type="button" class="button bump" aria-label=${`${words.less}：${asks(item, state.language)}`} ?disabled=${state.readonly || (given ?? low) <= low} @click=${() => bump(-1)}>−</button>` : nothing}
    <input class="number" id="field-${item.id}" inputmode=${whole ? "numeric" : "decimal"} autocomplete="off" ?readonly=${state.readonly}
      aria-describedby=${`range-${item.id} ${described}`.trim()} aria-invalid=${state.problem ? "true" : nothing}
      .value=${live(state.typed ?? (given === undefined ? "" : String(given)))} @change=${commit}
      @keydown=${(event: KeyboardEvent) => event.key === "Enter" && commit(event)} />
    ${whole ? html`<button type="button" class="button bump" aria-label=${`${words.more}：${asks(item, state.language)}`} ?disabled=${state.readonly || (given ?? low) >= high} @click=${() => bump(1)}>+</button>` : nothing}
    <span class="soft small" id="range-${item.id}">${words.range(low, high, unit)}</span>
  </div>`;
}

function written(state: QuestionState, actions: QuestionActions, described: string): TemplateResult {
  const { item, answer } = state;
  const commit = (event: Event) => {
    const typed = (event.target as HTMLInputElement).value;
    if (typed !== "") actions.give(item.id, typed);
    else if (typeof answer === "string") actions.take(item.id);
  };
  const value = state.typed ?? (typeof answer === "string" ? answer : "");
  return html`<div class="entry">
    ${item.type === "date" || item.type === "time"
      ? html`<input type=${item.type} id="field-${item.id}" aria-describedby=${described || nothing} .value=${live(value)} ?readonly=${state.readonly} @change=${commit} />`
      : html`<textarea id="field-${item.id}" rows="3" aria-describedby=${described || nothing} .value=${live(value)} ?readonly=${state.readonly} @change=${commit}></textarea>`}
  </div>`;
}

function reasons({ item, answer, language, words, readonly }: QuestionState, actions: QuestionActions): TemplateResult {
  const given = isAbsent(answer) ? answer.absent : "";
  const change = (event: Event) => {
    const reason = (event.target as HTMLSelectElement).value;
    if (reason) actions.give(item.id, { absent: reason });
    else actions.take(item.id);
  };
  return html`<label class="reason ${given ? "given" : ""}">
    <span aria-hidden="true">${words.noAnswer}</span>
    <select aria-label=${words.noAnswerOf(asks(item, language))} ?disabled=${readonly} @change=${change}>
      <option value="" ?selected=${given === ""}>—</option>
      ${(item.absent ?? []).map((reason) => html`<option value=${reason} ?selected=${reason === given}>${words.absent[reason] ?? reason}</option>`)}
    </select>
  </label>`;
}
