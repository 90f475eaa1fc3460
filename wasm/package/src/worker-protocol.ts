/** What the page and the worker say to each other. Holds no logic. */

import type { Account, Answer, Decision, DefinitionFile, Description, Diagnostics, Listed, Report, Sheet, SheetInput, Which } from "./index.js";

/** Every call a worker takes, with its arguments and its answer. */
export interface Calls {
  load(module: string, instruments: string): Listed[];
  replace(instruments: string): Listed[];
  file(id: string, edition: string): DefinitionFile | undefined;
  describe(which: Which, date: string | undefined): Description;
  start(which: Which, sheet: SheetInput, language: string): { handle: number; sheet: Sheet };
  set(handle: number, item: string, answer: Answer): Sheet;
  clear(handle: number, item: string): Sheet;
  settings(handle: number, settings: Readonly<Record<string, string>>): Sheet;
  decide(handle: number, decision: Decision | null): Sheet;
  account(handle: number, languages: readonly string[]): Account;
  record(handle: number): SheetInput;
  close(handle: number): void;
  check(file: DefinitionFile): Diagnostics;
  test(definition: DefinitionFile, cases: DefinitionFile): Report;
}

export interface Request {
  readonly id: number;
  readonly call: keyof Calls;
  readonly arguments: readonly unknown[];
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string; readonly details?: unknown } };
