/** Export and import: some people or all, as one file. An import adds and never changes what is stored. */

import { NotReadable, readExport, type Assessment, type Exported, type Person, type StoredDefinition } from "./model.js";
import type { Store, Versioned } from "./store.js";

const MOST_BYTES = 100 * 1024 * 1024;

export interface Imported {
  readonly people: number;
  readonly assessments: number;
  /** How many were there already. */
  readonly known: number;
  /** How many were there with other content and came in as a copy. */
  readonly copies: number;
}

/** Everything of these people, or of all. */
export async function exported(store: Store, only?: string): Promise<Exported> {
  const plain = <T>({ version: _version, ...value }: Versioned<T>): T => value as T;
  const people = (await store.all("person")).filter((person) => !only || person.id === only).map((person) => plain<Person>(person));
  const ids = new Set(people.map((person) => person.id));
  const assessments = (await store.all("assessment")).filter((one) => ids.has(one.person)).map((one) => plain<Assessment>(one));
  const hashes = new Set(assessments.flatMap((one) => [one.instrument.hash, ...one.uses]));
  const definitions = (await store.all("definition")).filter((one) => hashes.has(one.hash)).map((one) => plain<StoredDefinition>(one));
  return { format: "geras-export", version: 1, exported: new Date().toISOString(), people, assessments, definitions };
}

/** Offers a file to be kept. */
export function download(name: string, content: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Takes a file in, all of it or nothing. Throws `NotReadable`. */
export async function importFile(store: Store, file: Blob): Promise<Imported> {
  if (file.size > MOST_BYTES) throw new NotReadable("tooLarge");
  const read = readExport(await file.text());
  for (const [place, { hash, text }] of read.definitions.entries()) {
    if ((await digest(text)) !== hash) throw new NotReadable("broken", `.definitions[${place}].hash`);
  }
  const [people, assessments] = await Promise.all([store.all("person"), store.all("assessment")]);
  const knownPeople = new Map(people.map((one) => [one.id, one]));
  const known = new Map(assessments.map((one) => [one.id, one]));
  const entries: Parameters<Store["add"]>[0][number][] = read.definitions.map((value) => ({ kind: "definition" as const, id: value.hash, value }));
  let [copies, there] = [0, 0];
  const newPeople = read.people.filter((person) => !knownPeople.has(person.id));
  for (const value of newPeople) entries.push({ kind: "person", id: value.id, value });
  for (const one of read.assessments) {
    const before = known.get(one.id);
    if (before && sameContent(before, one)) {
      there += 1;
      continue;
    }
    const value = before ? { ...one, id: crypto.randomUUID() } : one;
    if (before) copies += 1;
    entries.push({ kind: "assessment", id: value.id, value });
  }
  await store.add(entries);
  return { people: newPeople.length, assessments: read.assessments.length - there, known: there, copies };
}

function sameContent(one: Versioned<Assessment>, other: Assessment): boolean {
  const { version: _version, ...plain } = one;
  const sorted = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inside]) => [key, sorted(inside)]))
      : value;
  return JSON.stringify(sorted(plain)) === JSON.stringify(sorted(other));
}

/** SHA-256 of a text, in hexadecimal. */
export async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
