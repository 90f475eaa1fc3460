/** The engine in a worker: a definition that computes for long holds up nobody but itself. Answers one call after the other. */

import { Geras, NoInstrument, SheetRefused, load, type Assessment, type ShippedFile } from "./index.js";
import type { Calls, Reply, Request } from "./worker-protocol.js";

let geras = new Geras();
const sheets = new Map<number, Assessment>();
let next = 1;

const sheet = (handle: number): Assessment => {
  const found = sheets.get(handle);
  if (!found) throw new Error("this assessment is closed");
  return found;
};

const calls: { [Call in keyof Calls]: (...given: Parameters<Calls[Call]>) => ReturnType<Calls[Call]> | Promise<ReturnType<Calls[Call]>> } = {
  async load(module, instruments) {
    geras = await load({ module: new URL(module), instruments: new URL(instruments) });
    return geras.list();
  },
  async replace(instruments) {
    const response = await fetch(instruments);
    geras.replace((await response.json()) as ShippedFile[]);
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
  },
  check: (file) => Geras.check(file),
  test: (definition, cases) => Geras.test(definition, cases),
};

const scope = globalThis as unknown as { onmessage: ((event: MessageEvent<Request>) => void) | null; postMessage(reply: Reply): void };

scope.onmessage = async ({ data: { id, call, arguments: given } }) => {
  try {
    const value: unknown = await (calls[call] as (...given: readonly unknown[]) => unknown)(...given);
    scope.postMessage({ id, value });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const details = error instanceof SheetRefused ? error.problems : error instanceof NoInstrument ? error.diagnostics : undefined;
    scope.postMessage({ id, error: { name: error.name, message: error.message, details } });
  }
};
