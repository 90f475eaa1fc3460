/** An assessment with all that it takes to go on with it: its person, and the definition it began with. Changes are written here. */

import type { Description, PathwayDescription, PathwaySheet, Sheet, Which } from "geras";
import { conclusions, type FormSheet } from "geras/element";
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
  const [person, definition, ...used] = await Promise.all([desk.store.get("person", assessment.person), desk.store.get("definition", assessment.instrument.hash), ...assessment.uses.map((hash) => desk.store.get("definition", hash))]);
  if (!person || !definition || used.includes(undefined)) return undefined;
  const { id: name, edition, hash } = assessment.instrument;
  const listed = assessment.kind === "pathway" ? desk.pathways : desk.list;
  const here = listed.find((one) => one.id === name && one.edition === edition);
  const known = new Set([...desk.list, ...desk.pathways].map((one) => one.hash));
  const rules = here?.hash === hash && assessment.uses.every((one) => known.has(one)) ? "same" : here ? "differ" : "foreign";
  const around = used.flatMap((one) => (one ? [{ path: one.path, text: one.text }] : []));
  const which = { path: definition.path, text: definition.text, ...(assessment.kind === "pathway" ? { with: around } : {}) };
  return { assessment, person, definition, which, rules };
}

/** The sheet to start the engine with. */
export function sheetOf(assessment: Assessment): FormSheet {
  const { id, date, answers, settings, override, carried } = assessment;
  return { id, date, answers, settings, ...(override ? { override } : {}), ...(Object.keys(carried).length > 0 ? { carried } : {}) };
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

/** What lists show of a pathway: the care setting where the grade would be. */
export function pathwaySummary(description: PathwayDescription, { line }: Pick<PathwaySheet, "line">): Summary {
  const kind = line.overridden?.grade ?? (typeof line.routing === "string" ? line.routing : undefined);
  const place = description.care_settings.findIndex((setting) => setting.kinds.some((one) => one.id === kind));
  const label = description.care_settings[place]?.kinds.find((one) => one.id === kind)?.label;
  const setting = description.care_settings[place]?.label;
  const both = label && setting ? Object.fromEntries(Object.keys(label).map((language) => [language, `${setting[language] ?? ""} – ${label[language] ?? ""}`])) : undefined;
  return {
    decided: line.status === "decided",
    grade: kind === undefined ? null : { label: both ?? { zh: "由专家组判断", en: "Judgement by a panel" }, place: Math.max(0, place), of: place < 0 ? 0 : description.care_settings.length },
    scores: [],
    alerts: line.alerts.length,
  };
}
