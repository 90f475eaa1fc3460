/** An assessment with all that it takes to go on with it: its person, and the definition it began with. Changes are written here. */

import type { Description, Sheet, Which } from "geras";
import { conclusions, type Answers } from "geras/element";
import type { Desk } from "./desk.js";
import type { Assessment, Person, StoredDefinition, Summary } from "./store/model.js";
import type { Versioned } from "./store/store.js";

export interface Opened {
  readonly assessment: Versioned<Assessment>;
  readonly person: Person;
  readonly definition: StoredDefinition;
  readonly which: Which;
  /** How its definition stands to the one that the app has now. */
  readonly rules: "same" | "differ" | "foreign";
}

export async function openAssessment(desk: Desk, id: string): Promise<Opened | undefined> {
  const assessment = await desk.store.get("assessment", id);
  if (!assessment) return undefined;
  const [person, definition] = await Promise.all([desk.store.get("person", assessment.person), desk.store.get("definition", assessment.instrument.hash)]);
  if (!person || !definition) return undefined;
  const { id: name, edition, hash } = assessment.instrument;
  const here = desk.list.find((one) => one.id === name && one.edition === edition);
  const rules = here?.hash === hash ? "same" : here ? "differ" : "foreign";
  return { assessment, person, definition, which: { path: definition.path, text: definition.text }, rules };
}

/** The sheet to start the engine with. */
export function sheetOf(assessment: Assessment): { id: string; date: string; answers: Answers; settings: Readonly<Record<string, string>>; override?: NonNullable<Assessment["override"]> } {
  const { id, date, answers, settings, override } = assessment;
  return { id, date, answers, settings, ...(override ? { override } : {}) };
}

/** What lists show of a sheet. */
export function summary(description: Description, { line }: Pick<Sheet, "line">): Summary {
  const grade = line.overridden?.grade ?? (typeof line.grade === "string" ? line.grade : undefined);
  const scale = description.grade?.scale ?? [];
  return {
    decided: line.status === "decided",
    grade: grade === undefined ? null : { label: description.grade?.labels[grade] ?? { en: grade }, place: Math.max(0, scale.indexOf(grade)), of: scale.length },
    scores: description.scores.map((score) => {
      const value = line.scores[score.id];
      return { id: score.id, title: score.title ?? {}, value: typeof value === "number" ? value : null, range: score.range };
    }),
    alerts: conclusions(line.alerts).holds.length,
  };
}
