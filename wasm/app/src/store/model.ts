/** What the app keeps: people, their assessments, and the definitions these began with. Shapes and their checks; stores nothing. */

import type { Answer, Decision } from "geras";
import type { Answers } from "geras/element";

export type Texts = Readonly<Record<string, string>>;

export interface Person {
  readonly id: string;
  readonly name: string;
  /** A number that the place gives its people. */
  readonly number: string;
  /** The birthday, or empty. */
  readonly born: string;
  readonly note: string;
  readonly created: string;
  readonly updated: string;
}

/** What lists and charts show without computing anything. */
export interface Summary {
  readonly decided: boolean;
  /** Its place on the scale from the mildest, and how many there are; 0 where it stands on no scale, as a panel's judgement. */
  readonly grade: { readonly label: Texts; readonly place: number; readonly of: number } | null;
  readonly scores: readonly { readonly id: string; readonly title: Texts; readonly value: number | null; readonly range: readonly [number, number] | null }[];
  readonly alerts: number;
}

/** Where an answer was carried over from. */
export interface Origin {
  readonly from: string;
  readonly items: readonly string[];
  readonly exact: boolean;
}

export interface Assessment {
  readonly id: string;
  readonly person: string;
  /** On a pathway the answers to an instrument stand under its id, and a decision's `grade` is a kind of care setting. */
  readonly kind: "instrument" | "pathway";
  /** On a pathway: the hashes of the definitions that it uses. */
  readonly uses: readonly string[];
  /** Answers that were carried over from another instrument and not given anew since. */
  readonly carried: Readonly<Record<string, Origin>>;
  /** The instrument or pathway. */
  readonly instrument: { readonly id: string; readonly edition: string; readonly hash: string; readonly title: Texts };
  readonly date: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly answers: Answers;
  readonly override: Decision | null;
  readonly status: "draft" | "finished";
  readonly summary: Summary | null;
  readonly created: string;
  readonly updated: string;
}

/** A definition as it was when an assessment began with it; its hash is its key. */
export interface StoredDefinition {
  readonly hash: string;
  readonly path: string;
  readonly text: string;
}

/** A site's wording for an instrument whose own may not be shipped. */
export interface SiteTexts {
  /** The name of the file. */
  readonly path: string;
  readonly text: string;
}

/** Everything of some people, as a file. */
export interface Exported {
  readonly format: "geras-export";
  readonly version: 1;
  readonly exported: string;
  readonly people: readonly Person[];
  readonly assessments: readonly Assessment[];
  readonly definitions: readonly StoredDefinition[];
}

/** What is wrong with a file, for people: a key of the app's words, and the place in the file. */
export class NotReadable extends Error {
  constructor(readonly reason: "notJson" | "notOurs" | "otherVersion" | "tooLarge" | "broken", readonly place = "") {
    super(`${reason} ${place}`.trim());
  }
}

type Check<T> = (value: unknown, place: string) => T;

const fail = (place: string): never => {
  throw new NotReadable("broken", place);
};
const text = (most: number): Check<string> => (value, place) => (typeof value === "string" && value.length <= most ? value : fail(place));
const number: Check<number> = (value, place) => (typeof value === "number" && Number.isFinite(value) ? value : fail(place));
const either = <T extends string>(...words: readonly T[]): Check<T> => (value, place) => words.find((word) => word === value) ?? fail(place);
const orNull = <T>(check: Check<T>): Check<T | null> => (value, place) => (value === null || value === undefined ? null : check(value, place));
const pattern = (shape: RegExp, most: number): Check<string> => (value, place) => (shape.test(text(most)(value, place)) ? (value as string) : fail(place));
const list = <T>(check: Check<T>, most: number): Check<T[]> => (value, place) =>
  Array.isArray(value) && value.length <= most ? value.map((one, at) => check(one, `${place}[${at}]`)) : fail(place);

function keys(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return fail(place);
  return value as Record<string, unknown>;
}

const record = <T>(check: Check<T>, most: number): Check<Record<string, T>> => (value, place) => {
  const entries = Object.entries(keys(value, place));
  if (entries.length > most || entries.some(([key]) => key === "__proto__" || key.length > 200)) fail(place);
  return Object.fromEntries(entries.map(([key, one]) => [key, check(one, `${place}.${key}`)]));
};

const shape = <T extends object>(checks: { readonly [Key in keyof T]-?: Check<T[Key]> }): Check<T> => (value, place) => {
  const found = keys(value, place);
  return Object.fromEntries(Object.entries(checks).map(([key, check]) => [key, (check as Check<unknown>)(found[key], `${place}.${key}`)])) as T;
};

const id = pattern(/^[\w-]{1,64}$/, 64);
const moment = pattern(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 40);
const day = pattern(/^\d{4}-\d\d-\d\d$/, 10);
const hash = pattern(/^[0-9a-f]{64}$/, 64);
const texts = record(text(2_000), 40);

const answer: Check<Answer> = (value, place) => {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return number(value, place);
  if (typeof value === "string") return text(20_000)(value, place);
  if (Array.isArray(value)) return list(text(200), 64)(value, place);
  return shape<{ absent: string }>({ absent: text(40) })(value, place);
};

const entry: Check<Answers[string]> = (value, place) => {
  const absent = typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 1 && "absent" in value;
  if (typeof value !== "object" || value === null || Array.isArray(value) || absent) return answer(value, place);
  return record(answer, 2_000)(value, place);
};
const orElse = <T>(check: Check<T>, other: T): Check<T> => (value, place) => (value === undefined ? other : check(value, place));
const truth: Check<boolean> = (value, place) => (typeof value === "boolean" ? value : fail(place));
const optionalText = (most: number): Check<string> => (value, place) => (value === undefined ? "" : text(most)(value, place));

const person = shape<Person>({ id, name: text(200), number: optionalText(200), born: pattern(/^(\d{4}-\d\d-\d\d)?$/, 10), note: optionalText(20_000), created: moment, updated: moment });
const decision: Check<Decision> = (value, place) => {
  const { by, ...rest } = shape<{ grade: string; reason: string; by: string }>({ grade: text(200), reason: text(20_000), by: optionalText(200) })(value, place);
  return by ? { ...rest, by } : rest;
};
const range: Check<readonly [number, number]> = (value, place) => {
  const [low, high] = list(number, 2)(value, place);
  return low === undefined || high === undefined ? fail(place) : [low, high];
};
const summary = shape<Summary>({
  decided: truth,
  grade: orNull(shape<NonNullable<Summary["grade"]>>({ label: texts, place: number, of: number })),
  scores: list(shape<Summary["scores"][number]>({ id: text(200), title: texts, value: orNull(number), range: orNull(range) }), 500),
  alerts: number,
});
const assessment = shape<Assessment>({
  id,
  person: id,
  kind: orElse(either("instrument", "pathway"), "instrument"),
  uses: orElse(list(hash, 100), []),
  carried: orElse(record(shape<Origin>({ from: text(400), items: list(text(200), 64), exact: truth }), 2_000), {}),
  instrument: shape<Assessment["instrument"]>({ id: text(200), edition: text(200), hash, title: texts }),
  date: day,
  settings: record(text(200), 100),
  answers: record(entry, 2_000),
  override: orNull(decision),
  status: either("draft", "finished"),
  summary: orNull(summary),
  created: moment,
  updated: moment,
});
const definition = shape<StoredDefinition>({ hash, path: text(500), text: text(2_000_000) });

/** Reads a file of the app. Throws `NotReadable`, and then nothing of it may be used. */
export function readExport(file: string): Exported {
  let parsed: unknown;
  try {
    parsed = JSON.parse(file);
  } catch {
    throw new NotReadable("notJson");
  }
  if (typeof parsed !== "object" || parsed === null || (parsed as Exported).format !== "geras-export") throw new NotReadable("notOurs");
  if ((parsed as Exported).version !== 1) throw new NotReadable("otherVersion", String((parsed as Exported).version).slice(0, 20));
  const read = shape<Exported>({
    format: either("geras-export"),
    version: () => 1 as const,
    exported: moment,
    people: list(person, 100_000),
    assessments: list(assessment, 1_000_000),
    definitions: list(definition, 10_000),
  })(parsed, "");
  const people = new Set(read.people.map((one) => one.id));
  const hashes = new Set(read.definitions.map((one) => one.hash));
  read.assessments.forEach((one, at) => {
    if (!people.has(one.person)) fail(`.assessments[${at}].person`);
    if (!hashes.has(one.instrument.hash)) fail(`.assessments[${at}].instrument.hash`);
    one.uses.forEach((used, place) => hashes.has(used) || fail(`.assessments[${at}].uses[${place}]`));
  });
  return read;
}
