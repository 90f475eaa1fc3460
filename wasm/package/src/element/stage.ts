/** What a form says of an instrument of a pathway before its questions: whether it is done, in place of which other one, or why not. Renders only. */

import { html, nothing, type TemplateResult } from "lit";
import type { Stage } from "./form.js";
import { type Words } from "./words.js";

/** Why an assessment is not done. */
const REASONS = ["not_asked", "refused", "unable", "not_applicable"];

export interface StageActions {
  begin(instrument: string): void;
  /** Fills in another instrument in place of this one. */
  instead(instrument: string, of: string): void;
  /** Leaves it undone for a reason, or takes that back where there is none. */
  leave(instrument: string, reason: string): void;
}

interface Entry {
  readonly stage: Stage;
  readonly absent: string | undefined;
  readonly reason: string;
  readonly words: Words;
  readonly readonly: boolean;
  readonly problem: string | undefined;
}

/** An instrument that is offered, or that will not be done. */
export function stageEntry({ stage, absent, reason, words, readonly, problem }: Entry, actions: StageActions): TemplateResult {
  return html`<div class="question">
    ${reason ? html`<p>${reason}</p>` : nothing}
    <p class="soft">${absent === undefined ? (stage.required ? words.stillToDo : words.mayBeAdded) : `${words.willNotBeDone}${words.absent[absent] ?? absent}`}</p>
    ${readonly ? nothing : html`<div class="under"><button type="button" class="button main" @click=${() => actions.begin(stage.instrument)}>${absent === undefined ? words.fillIn : words.fillInAfterAll}</button>
      ${leaving(stage, absent ?? "", words, actions)}</div>`}
    ${problem ? html`<p class="fault tell" role="alert">${problem}</p>` : nothing}
  </div>`;
}

interface Head {
  readonly stage: Stage;
  readonly mates: readonly { readonly id: string; readonly title: string }[];
  readonly words: Words;
  readonly readonly: boolean;
}

/** Above the first question of an instrument that is not begun: what else could be done. */
export function stageHead({ stage, mates, words, readonly }: Head, actions: StageActions): TemplateResult | typeof nothing {
  if (readonly) return nothing;
  return html`<div class="question choice">
    ${mates.length > 0 ? html`<div class="row"><span class="soft">${words.instead}</span>${mates.map((mate) => html`<button type="button" class="button" @click=${() => actions.instead(mate.id, stage.instrument)}>${mate.title}</button>`)}</div>` : nothing}
    <div class="under">${leaving(stage, "", words, actions)}</div>
  </div>`;
}

function leaving(stage: Stage, given: string, words: Words, actions: StageActions): TemplateResult {
  const change = (event: Event) => actions.leave(stage.instrument, (event.target as HTMLSelectElement).value);
  return html`<label class="reason ${given ? "given" : ""}"><span aria-hidden="true">${words.leaveUndone}</span>
    <select aria-label=${words.leaveUndone} @change=${change}>
      <option value="" ?selected=${given === ""}>—</option>
      ${REASONS.map((reason) => html`<option value=${reason} ?selected=${reason === given}>${words.absent[reason] ?? reason}</option>`)}
    </select></label>`;
}
