/** What a form shows and fills in, the same for an instrument and for a pathway: parts with questions, and a session that takes answers. Draws nothing. */

import type { Account, Answer, Decision, Description, PanelDecision, PathwayAccount, PathwayDescription, PathwaySheet, Sheet, SheetInput, Which } from "../index.js";
import type { Engine, PathwaySession, Session } from "../worker-client.js";
import { conclusions } from "./result.js";
import type { Item } from "./question.js";
import { inLanguage, words } from "./words.js";

/** Inputs without headings that are shown at once. */
const AT_ONCE = 12;

/** What an assessment holds: answers to hidden questions too, so that they come back with their questions. On a pathway those to an instrument stand under its id. */
export type Answers = Readonly<Record<string, Answer | Readonly<Record<string, Answer>>>>;

/** Questions that are shown at once. On a pathway the items of an instrument are named `instrument.item`. */
export interface Part {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly items: readonly Item[];
  /** The instrument of a pathway that it belongs to. */
  readonly instrument?: string;
}

/** Where a sheet stands, as far as forms need it. */
export interface Standing {
  readonly problems: readonly { readonly item: string; readonly message: string }[];
  readonly hidden: readonly string[];
  readonly perhaps: readonly string[];
  readonly setAside: readonly string[];
  readonly changed: readonly string[];
  /** Alerts that hold. */
  readonly alerts: readonly string[];
}

export interface Alarm {
  readonly id: string;
  readonly urgency: string;
  readonly text: Readonly<Record<string, string>>;
}

/** One instrument of a pathway, as the form knows it now. */
export interface Stage {
  readonly instrument: string;
  readonly need: string;
  readonly required: boolean;
  readonly title: Readonly<Record<string, string>>;
  /** The instruments in whose place it may be done, and those that may be done in its place. */
  readonly mates: readonly string[];
  readonly leads: boolean;
}

/** An instrument that is filled in. */
export class InstrumentForm {
  readonly kind = "instrument";
  private constructor(readonly description: Description, readonly session: Session, public state: Sheet) {}

  static async open(engine: Engine, which: Which, sheet: SheetInput, language: string): Promise<InstrumentForm> {
    const description = await engine.describe(which, sheet.date ?? undefined);
    const session = await engine.start(which, sheet, language);
    return new InstrumentForm(description, session, session.opened);
  }

  set(item: string, answer: Answer): Promise<Sheet> {
    return this.session.set(item, answer);
  }

  clear(item: string): Promise<Sheet> {
    return this.session.clear(item);
  }

  decide(decision: Decision | null): Promise<Sheet> {
    return this.session.decide(decision);
  }

  account(languages: readonly string[]): Promise<Account> {
    return this.session.account(languages);
  }

  standing(state: Sheet): Standing {
    return { problems: state.problems, hidden: state.hidden, perhaps: state.perhaps, setAside: state.set_aside, changed: state.changed.results, alerts: conclusions(state.line.alerts).holds };
  }

  alarms(): readonly Alarm[] {
    return this.description.alerts;
  }

  parts(language: string): Part[] {
    return partsOf(this.description, language, "");
  }

  nested(answers: Readonly<Record<string, Answer>>): Answers {
    return answers;
  }

  close(): void {
    this.session.close();
  }
}

/** A pathway that is filled in: its own inputs, and the instruments that it calls for. */
export class PathwayForm {
  readonly kind = "pathway";
  /** The instruments as far as they were asked for. */
  readonly instruments = new Map<string, Description>();
  /** Instruments that somebody wants to fill in, before their first answer. */
  readonly wanted = new Set<string>();

  private constructor(readonly description: PathwayDescription, readonly session: PathwaySession, public state: PathwaySheet, private readonly engine: Engine, private readonly which: Which, private readonly date: string | undefined) {}

  static async open(engine: Engine, which: Which, sheet: SheetInput, language: string): Promise<PathwayForm> {
    const date = sheet.date ?? undefined;
    const { override, ...rest } = sheet;
    const panel = override && { setting: override.grade, reason: override.reason, ...(override.by ? { by: override.by } : {}) };
    const description = await engine.describePathway(which, date);
    const session = await engine.startPathway(which, { ...rest, ...(panel ? { override: panel } : {}) }, language);
    const form = new PathwayForm(description, session, session.opened, engine, which, date);
    await form.learn();
    return form;
  }

  /** Asks what is in the instruments that are filled in now. */
  async learn(): Promise<void> {
    for (const stage of this.state.assessments) {
      const named = this.description.assessments.find((one) => one.answers === stage.instrument);
      if (!named || this.instruments.has(stage.instrument) || !["begun", "absent", "wanted"].includes(stage.need)) continue;
      this.instruments.set(stage.instrument, await this.engine.describeOnPathway(this.which, named.instrument, this.date));
    }
  }

  async set(name: string, answer: Answer): Promise<PathwaySheet> {
    const [instrument, item] = this.split(name);
    return this.session.set(instrument, item, answer);
  }

  async clear(name: string): Promise<PathwaySheet> {
    const [instrument, item] = this.split(name);
    return this.session.clear(instrument, item);
  }

  async decide(decision: Decision | null): Promise<PathwaySheet> {
    const panel: PanelDecision | null = decision && { setting: decision.grade, reason: decision.reason, ...(decision.by ? { by: decision.by } : {}) };
    return this.session.decide(panel);
  }

  account(languages: readonly string[]): Promise<PathwayAccount> {
    return this.session.account(languages);
  }

  standing(state: PathwaySheet): Standing {
    const of = (list: "hidden" | "perhaps") => state.assessments.flatMap((stage) => stage[list].map((item) => `${stage.instrument}.${item}`));
    return {
      problems: state.problems,
      hidden: [...state.hidden, ...of("hidden")],
      perhaps: [...state.perhaps, ...of("perhaps")],
      setAside: state.set_aside,
      changed: state.changed.results,
      alerts: state.line.alerts,
    };
  }

  alarms(): readonly Alarm[] {
    const own = (this.description.clauses["alerts"] ?? []).map((clause) => ({ id: clause.id, urgency: clause.urgency ?? "", text: clause.text }));
    const others = [...this.instruments].flatMap(([id, description]) => description.alerts.map((alert) => ({ ...alert, id: `${id}.${alert.id}` })));
    return [...own, ...others];
  }

  parts(language: string): Part[] {
    const own = factsOf(this.description.inputs, language, "");
    const stages = this.stages().flatMap(({ instrument, need, required, title }) => {
      const description = this.instruments.get(instrument);
      const open = description && (need === "begun" || this.wanted.has(instrument) || (required && need === "wanted"));
      if (open) return partsOf(description, language, instrument);
      return [{ id: `${instrument}.`, code: "", title: inLanguage(title, language) || instrument, items: [], instrument }];
    });
    return [...own, ...stages];
  }

  /** The instruments that are shown, in the order of the pathway. Of those that stand for each other, the one that is begun or wanted, or else the first. */
  stages(): Stage[] {
    const all = this.description.assessments.map((one): Stage & { group: string } => {
      const group = one.instead_of ?? one.id;
      const mates = this.description.assessments.filter((other) => other !== one && (other.instead_of ?? other.id) === group).map((other) => other.answers);
      const need = this.state.assessments.find((state) => state.instrument === one.answers)?.need ?? "not_wanted";
      return { instrument: one.answers, need, required: one.required || mates.length > 0, title: one.title, mates, leads: one.instead_of === null, group };
    });
    const taken = (stage: Stage) => stage.need === "begun" || this.wanted.has(stage.instrument);
    return all.filter((stage) => {
      if (!["begun", "absent", "wanted"].includes(stage.need) && !this.wanted.has(stage.instrument)) return false;
      if (stage.mates.length === 0 || taken(stage)) return true;
      return stage.leads && !all.some((other) => stage.mates.includes(other.instrument) && taken(other));
    });
  }

  nested(answers: Readonly<Record<string, Answer>>): Answers {
    const nested: Record<string, Answer | Record<string, Answer>> = {};
    for (const [name, answer] of Object.entries(answers)) {
      const [instrument, item] = this.split(name);
      if (instrument === null) nested[name] = answer;
      else nested[instrument] = { ...(nested[instrument] as Record<string, Answer> | undefined), [item]: answer };
    }
    return nested;
  }

  close(): void {
    this.session.close();
  }

  private split(name: string): [string | null, string] {
    const at = name.indexOf(".");
    return at < 0 ? [null, name] : [name.slice(0, at), name.slice(at + 1)];
  }
}

export type Form = InstrumentForm | PathwayForm;

/** Answers by the names of the questions: those to an instrument of a pathway as `instrument.item`. */
export function flat(answers: Readonly<Record<string, unknown>>): Record<string, Answer> {
  const all: Record<string, Answer> = {};
  for (const [name, answer] of Object.entries(answers)) {
    if (answer === null || answer === undefined) continue;
    const items = typeof answer === "object" && !Array.isArray(answer) && !("absent" in answer && Object.keys(answer).length === 1);
    if (items) for (const [item, one] of Object.entries(answer as Record<string, Answer | null>)) {
      if (one !== null) all[`${name}.${item}`] = one;
    }
    else all[name] = answer as Answer;
  }
  return all;
}

/** Whether this is a pathway. */
export async function isPathway(engine: Engine, which: Which): Promise<boolean> {
  if (typeof which !== "string") return engine.isPathway(which);
  const id = which.split("@")[0]?.split("/").pop() ?? "";
  return (await engine.pathways()).some((one) => one.id === id);
}

function partsOf(description: Description, language: string, instrument: string): Part[] {
  const named = (item: Item): Item => (instrument ? { ...item, id: `${instrument}.${item.id}` } : item);
  const all = new Map(description.items.map((item) => [item.id, named(item)]));
  const belongs = instrument ? { instrument } : {};
  const parts: Part[] = description.sections.map((section) => ({
    id: `${instrument}.${section.id}`,
    code: section.code ?? "",
    title: inLanguage(section.title, language),
    items: section.items.flatMap((id) => all.get(id) ?? []),
    ...belongs,
  }));
  const own = description.items.length > 0 && parts.length === 0 ? [...all.values()] : [];
  const title = instrument && parts.length === 0 ? inLanguage(description.title, language) : words(language).facts;
  const facts = factsOf([...own, ...description.inputs.map(named)], language, `${instrument}.`, title);
  return [...parts, ...facts.map((part) => ({ ...part, ...belongs }))];
}

/** Inputs in groups: one for each heading that the definition gives, or else as many at once as a page holds. */
function factsOf(inputs: readonly Item[], language: string, before: string, title = words(language).facts): Part[] {
  const begins = inputs.flatMap((input, place) => (input.heading || place === 0 ? [place] : []));
  if (begins.length > 1 || inputs[0]?.heading) {
    return begins.map((begin, group) => {
      const first = inputs[begin];
      return { id: `${before}facts-${first?.id}`, code: "", title: inLanguage(first?.heading, language) || title, items: inputs.slice(begin, begins[group + 1]) };
    });
  }
  const pages = Math.ceil(inputs.length / AT_ONCE);
  const size = Math.ceil(inputs.length / pages);
  return Array.from({ length: pages }, (_, page) => ({ id: `${before}facts-${page}`, code: "", title: pages > 1 ? `${title} ${page + 1}/${pages}` : title, items: inputs.slice(page * size, (page + 1) * size) }));
}
