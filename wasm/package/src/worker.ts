/** The engine in a worker: a definition that computes for long holds up nobody but itself. Answers one call after the other. */

import { Geras, NoInstrument, SheetRefused, load, type Assessment, type PathwayAssessment, type ShippedFile, type ShippedPathway } from "./index.js";
import type { Calls, Reply, Request } from "./worker-protocol.js";

let geras = new Geras();
const sheets = new Map<number, Assessment>();
const pathwaySheets = new Map<number, PathwayAssessment>();
let next = 1;

function open<T>(sheets: ReadonlyMap<number, T>, handle: number): T {
  const found = sheets.get(handle);
  if (!found) throw new Error("this assessment is closed");
  return found;
}
const sheet = (handle: number): Assessment => open(sheets, handle);
const onPathway = (handle: number): PathwayAssessment => open(pathwaySheets, handle);

const calls: { [Call in keyof Calls]: (...given: Parameters<Calls[Call]>) => ReturnType<Calls[Call]> | Promise<ReturnType<Calls[Call]>> } = {
  async load(module, instruments) {
    geras = await load({ module: new URL(module), instruments: new URL(instruments) });
    return geras.list();
  },
  async replace(instruments) {
    const response = await fetch(instruments);
    geras.replace((await response.json()) as (ShippedFile | ShippedPathway)[]);
    return geras.list();
  },
  file: (id, edition) => geras.file(id, edition),
  describe: (which, date) => geras.describe(which, date),
  start(which, given, language) {
    const started = geras.start(which, given, language);
    sheets.set(next, started);
    return { handle: next++, sheet: started.state() };
  },
  set: (handle, item, answer) => sheet(handle).set(item, answer),
  clear: (handle, item) => sheet(handle).clear(item),
  settings: (handle, settings) => sheet(handle).settings(settings),
  decide: (handle, decision) => sheet(handle).decide(decision),
  account: (handle, languages) => sheet(handle).account(languages),
  record: (handle) => sheet(handle).record(),
  close(handle) {
    sheets.get(handle)?.close();
    sheets.delete(handle);
    pathwaySheets.get(handle)?.close();
    pathwaySheets.delete(handle);
  },
  useFor: (use) => geras.useFor(use),
  putTexts: (file) => geras.putTexts(file),
  assess: (which, given, languages) => geras.assess(which, given, languages),
  assessSince: (which, given, previous, languages) => geras.assessSince(which, given, previous, languages),
  carry: (from, to, given, onto, language) => geras.carry(from, to, given, onto, language),
  pathways: () => geras.pathways(),
  describePathway: (which, date) => geras.describePathway(which, date),
  describeOnPathway: (pathway, instrument, date) => geras.describeOnPathway(pathway, instrument, date),
  assessPathway: (which, given, languages) => geras.assessPathway(which, given, languages),
  startPathway(which, given, language) {
    const started = geras.startPathway(which, given, language);
    pathwaySheets.set(next, started);
    return { handle: next++, sheet: started.state() };
  },
  setOnPathway: (handle, instrument, item, answer) => onPathway(handle).set(instrument, item, answer),
  clearOnPathway: (handle, instrument, item) => onPathway(handle).clear(instrument, item),
  settingsOfPathway: (handle, settings) => onPathway(handle).settings(settings),
  decideOnPathway: (handle, decision) => onPathway(handle).decide(decision),
  pathwayAccount: (handle, languages) => onPathway(handle).account(languages),
  pathwayRecord: (handle) => onPathway(handle).record(),
  isPathway: (file) => Geras.isPathway(file),
  checkPathway: (file) => geras.checkPathway(file),
  testPathway: (file, cases) => geras.testPathway(file, cases),
  prove: (which) => geras.prove(which),
  check: (file) => Geras.check(file),
  test: (definition, cases) => Geras.test(definition, cases),
};

const FETCH: ReadonlySet<keyof Calls> = new Set(["load", "replace"]);

const scope = globalThis as unknown as { onmessage: ((event: MessageEvent<Request>) => void) | null; postMessage(reply: Reply): void };

scope.onmessage = async ({ data: { id, call, arguments: given } }) => {
  try {
    if (FETCH.has(call)) scope.postMessage({ id, fetching: true });
    const value: unknown = await (calls[call] as (...given: readonly unknown[]) => unknown)(...given);
    scope.postMessage({ id, value });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const details = error instanceof SheetRefused ? error.problems : error instanceof NoInstrument ? error.diagnostics : undefined;
    scope.postMessage({ id, error: { name: error.name, message: error.message, details } });
  }
};
