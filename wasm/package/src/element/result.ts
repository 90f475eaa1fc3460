/** `<geras-result>`: what the answers so far come to, what is still possible, and which questions decide. Computes nothing. */

import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import type { Account, Description, Line } from "../index.js";
import { asks } from "./question.js";
import { tokens } from "./style.js";
import { inLanguage, words } from "./words.js";

/** A band or grade that may be open, as the ids that are possible. */
export function possible(value: Line["grade"] | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === "string" ? [value] : value.possible;
}

/** The ids of conclusions that hold, and of those that may. */
export function conclusions(all: Line["alerts"] = []): { holds: string[]; open: string[] } {
  const holds = all.flatMap((one) => (typeof one === "string" ? [one] : []));
  return { holds, open: all.flatMap((one) => (typeof one === "string" ? [] : [one.id])) };
}

/** The grade scale, each step in a shade of its own: calm green to dark red. */
export function shade(place: number, of: number): string {
  const hues = ["#2f7d5b", "#6c8b1f", "#a67a00", "#b4530f", "#9b1c1c"];
  const at = of < 2 ? 0 : Math.round((place / (of - 1)) * (hues.length - 1));
  return hues[at] ?? "#4d5a61";
}

const style = css`
  :host { display: block; }
  section { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 18px; }
  h2 { font-size: 1em; font-weight: 650; display: flex; justify-content: space-between; align-items: center; gap: 8px; }
  h3 { font-size: 0.85em; font-weight: 650; color: var(--ink-soft); margin-block: 16px 6px; }
  .state { font-size: 0.8em; font-weight: 650; padding: 0.15em 0.8em; border-radius: 99px; background: var(--warn-soft); color: var(--warn); white-space: nowrap; }
  .state.decided { background: var(--accent); color: #fff; }
  .grade { font-size: 1.5em; font-weight: 700; line-height: 1.3; margin-block-start: 10px; }
  .scale { display: flex; gap: 3px; margin-block: 12px 8px; }
  .scale span { flex: 1; height: 12px; border-radius: 3px; background: var(--line); opacity: 0.55; }
  .scale span.maybe { opacity: 1; }
  .scale span.is { opacity: 1; outline: 2px solid var(--ink); outline-offset: 1px; }
  .maybes li { display: flex; gap: 0.6em; align-items: center; font-size: 0.95em; }
  .dot { width: 0.7em; height: 0.7em; border-radius: 50%; flex: none; }
  .ask { display: block; width: 100%; text-align: start; padding: 0.45em 0.7em; min-height: 44px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); cursor: pointer; margin-block-end: 6px; font-size: 0.93em; }
  .ask:hover { background: var(--accent-soft); }
  .score { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; font-size: 0.95em; padding-block: 4px; }
  .score .value { font-variant-numeric: tabular-nums; font-weight: 650; }
  .score .band { grid-column: 1 / -1; font-size: 0.9em; color: var(--ink-soft); }
  .bar { grid-column: 1 / -1; height: 6px; border-radius: 3px; background: var(--line); position: relative; overflow: hidden; margin-block: 2px 4px; }
  .bar span { position: absolute; inset-block: 0; background: var(--accent); min-width: 4px; border-radius: 3px; }
  .bar.open span { background: repeating-linear-gradient(45deg, var(--accent) 0 4px, #8fb5b3 4px 8px); }
  .alarm { border: 2px solid var(--alert); background: var(--alert-soft); border-radius: var(--radius); padding: 12px 14px; margin-block-end: 12px; }
  .alarm strong { display: block; color: var(--alert); font-size: 0.9em; }
  .alarm.soon { border-color: var(--warn); background: var(--warn-soft); }
  .alarm.soon strong { color: var(--warn); }
  .alarm p { font-weight: 600; }
  .finding { padding: 8px 12px; border-inline-start: 4px solid var(--accent); background: var(--accent-soft); border-radius: 6px; margin-block-end: 6px; font-size: 0.95em; }
  .finding.maybe { border-style: dashed; border-width: 0 0 0 4px; background: transparent; color: var(--ink-soft); }
`;

const MOST_DECIDING = 5;

export class GerasResult extends LitElement {
  static override styles = [tokens, style];
  static override properties = { description: { attribute: false }, line: { attribute: false }, language: {} };
  declare description: Description | undefined;
  declare line: Line | Account | undefined;
  declare language: string;

  constructor() {
    super();
    this.language = "en";
  }

  override render(): TemplateResult | typeof nothing {
    const { description, line, language } = this;
    if (!description || !line) return nothing;
    const say = words(language);
    const decided = line.status === "decided";
    return html`
      ${this.#alerts(description, line)}
      <section aria-labelledby="title">
        <h2 id="title">${say.result}<span class="state ${decided ? "decided" : ""}">${decided ? say.decided : say.open}</span></h2>
        ${description.grade ? this.#grade(description, line) : nothing}
        ${this.#deciding(description, line)}
        ${this.#scores(description, line)}
        ${this.#findings(description, line)}
        ${line.failures?.map((failure) => html`<p class="fault">${say.failure}${failure.message}</p>`)}
      </section>
    `;
  }

  #alerts(description: Description, line: Line | Account): TemplateResult {
    const say = words(this.language);
    const { holds } = conclusions(line.alerts);
    const raised = description.alerts.filter((alert) => holds.includes(alert.id));
    return html`<div role="status" aria-label=${say.alerts}>
      ${raised.map(
        (alert) => html`<div class="alarm ${alert.urgency}" data-alert=${alert.id}>
          <strong>${alert.urgency === "now" ? `⚠ ${say.alertNow}` : say.alertSoon}</strong><p>${inLanguage(alert.text, this.language)}</p>
        </div>`,
      )}
    </div>`;
  }

  #grade({ grade }: Description, line: Line | Account): TemplateResult | typeof nothing {
    if (!grade) return nothing;
    const say = words(this.language);
    const can = possible(line.grade);
    const label = (id: string) => inLanguage(grade.labels[id], this.language) || id;
    const name = inLanguage(grade.title, this.language) || say.grade;
    const overridden = line.overridden;
    return html`
      <h3>${name}</h3>
      <div role="status" aria-live="polite">
        ${can.length === 1
          ? html`<p class="grade" .style=${`color:${shade(grade.scale.indexOf(can[0] ?? ""), grade.scale.length)}`} data-grade=${can[0] ?? ""}>${label(can[0] ?? "")}</p>`
          : html`<p class="small soft">${say.oneOf(can.length, grade.scale.length)}</p>`}
      </div>
      <div class="scale" aria-hidden="true">
        ${grade.scale.map((id, place) => {
          const colour = can.includes(id) ? shade(place, grade.scale.length) : "";
          return html`<span class=${can.length === 1 && can[0] === id ? "is" : can.includes(id) ? "maybe" : ""} .style=${colour ? `background:${colour}` : ""}></span>`;
        })}
      </div>
      ${can.length > 1 && can.length < grade.scale.length
        ? html`<ul class="maybes">${can.map((id) => html`<li><span class="dot" .style=${`background:${shade(grade.scale.indexOf(id), grade.scale.length)}`}></span>${label(id)}</li>`)}</ul>`
        : nothing}
      ${overridden ? html`<p class="note small">${overridden.by ? say.overriddenBy(overridden.by) : say.overridden}：<strong>${label(overridden.grade)}</strong></p>` : nothing}
    `;
  }

  #deciding(description: Description, line: Line | Account): TemplateResult | typeof nothing {
    const say = words(this.language);
    const open = line.waiting_on ?? [];
    if (open.length === 0) return nothing;
    const items = [...description.items, ...description.inputs].filter((item) => open.includes(item.id));
    if (open.length > MOST_DECIDING) return html`<h3>${say.waiting(open.length)}</h3>`;
    return html`<h3>${open.length === 1 ? say.thisDecides : say.theseDecide(open.length)}</h3>
      <ul>${items.map((item) => html`<li><button type="button" class="ask" @click=${() => this.#go(item.id)}>${asks(item, this.language)}</button></li>`)}</ul>`;
  }

  #go(item: string): void {
    this.dispatchEvent(new CustomEvent("geras-go", { detail: { item }, bubbles: true, composed: true }));
  }

  #scores(description: Description, line: Line | Account): TemplateResult | typeof nothing {
    if (description.scores.length === 0) return nothing;
    const say = words(this.language);
    return html`<h3>${say.scores}</h3>
      ${description.scores.map((score) => {
        const value = line.scores[score.id];
        const [low, high] = typeof value === "object" ? [value.min, value.max] : [value ?? null, value ?? null];
        const bands = Object.entries(description.bands).filter(([, set]) => set.of === score.id);
        return html`<div class="score">
          <span>${inLanguage(score.title, this.language) || score.id}</span>
          <span class="value">${low === null || high === null ? "–" : low === high ? low : say.ofRange(low, high)}${score.unit ? html` <span class="soft small">${score.unit}</span>` : nothing}</span>
          ${bar(low, high, score.range)}
          ${bands.map(([id, set]) => {
            const can = possible(line.bands[id]);
            const band = can.length === 1 ? set.bands.find((one) => one.id === can[0]) : undefined;
            return band ? html`<span class="band">${inLanguage(band.label, this.language) || band.id}</span>` : nothing;
          })}
        </div>`;
      })}`;
  }

  #findings(description: Description, line: Line | Account): TemplateResult | typeof nothing {
    const say = words(this.language);
    const { holds, open } = conclusions(line.findings);
    const found = description.findings.filter((finding) => holds.includes(finding.id));
    const perhaps = description.findings.filter((finding) => open.includes(finding.id));
    if (found.length + perhaps.length === 0) return nothing;
    return html`<h3>${say.findings}</h3>${found.map(
      (finding) => html`<div class="finding"><strong>${inLanguage(finding.text, this.language)}</strong>${finding.advice ? html`<div class="small">${inLanguage(finding.advice, this.language)}</div>` : nothing}</div>`,
    )}${perhaps.slice(0, MOST_DECIDING).map((finding) => html`<div class="finding maybe" data-open=${finding.id}>${say.perhapsFinding}: ${inLanguage(finding.text, this.language)}</div>`)}
    ${perhaps.length > MOST_DECIDING ? html`<p class="small soft">${say.andMoreFindings(perhaps.length - MOST_DECIDING)}</p>` : nothing}`;
  }
}

/** Where a score, or what it can still be, lies in its range. */
export function bar(low: number | null, high: number | null, range: readonly [number, number] | null): TemplateResult | typeof nothing {
  if (!range || low === null || high === null || range[1] <= range[0]) return nothing;
  const part = (value: number) => Math.max(0, Math.min(100, ((value - range[0]) / (range[1] - range[0])) * 100));
  const from = low === high ? 0 : part(low);
  return html`<span class="bar ${low === high ? "" : "open"}" aria-hidden="true"><span .style=${`left:${from}%;width:${Math.max(1, part(high) - from)}%`}></span></span>`;
}
