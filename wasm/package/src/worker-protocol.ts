/** What the page and the worker say to each other. Holds no logic. */

import type { Account, Answer, Carried, Decision, DefinitionFile, Description, Diagnostics, InstrumentAnswers, Listed, ListedPathway, PanelDecision, PathwayAccount, PathwayDescription, PathwaySheet, PathwaySheetInput, Proof, Refused, Report, Sheet, SheetInput, Use, Which } from "./index.js";

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
  useFor(use: Use): void;
  putTexts(file: DefinitionFile): Diagnostics;
  assess(which: Which, sheet: SheetInput | string, languages: readonly string[] | undefined): Account | Refused;
  assessSince(which: Which, sheet: SheetInput | string, previous: Account | string, languages: readonly string[]): Account | Refused;
  carry(from: string, to: string, sheet: SheetInput | string, onto: SheetInput | string | undefined, language: string): Carried | Refused;
  pathways(): ListedPathway[];
  describePathway(which: Which, date: string | undefined): PathwayDescription;
  describeOnPathway(pathway: Which, instrument: string, date: string | undefined): Description;
  assessPathway(which: Which, sheet: PathwaySheetInput | string, languages: readonly string[] | undefined): PathwayAccount | Refused;
  startPathway(which: Which, sheet: PathwaySheetInput, language: string): { handle: number; sheet: PathwaySheet };
  setOnPathway(handle: number, instrument: string | null, item: string, answer: Answer | InstrumentAnswers): PathwaySheet;
  clearOnPathway(handle: number, instrument: string | null, item: string): PathwaySheet;
  settingsOfPathway(handle: number, settings: Readonly<Record<string, string>>): PathwaySheet;
  decideOnPathway(handle: number, decision: PanelDecision | null): PathwaySheet;
  pathwayAccount(handle: number, languages: readonly string[]): PathwayAccount;
  pathwayRecord(handle: number): PathwaySheetInput;
  isPathway(file: DefinitionFile): boolean;
  checkPathway(file: DefinitionFile): Diagnostics;
  testPathway(file: DefinitionFile, cases: DefinitionFile): Report;
  prove(which: Which): Proof;
  check(file: DefinitionFile): Diagnostics;
  test(definition: DefinitionFile, cases: DefinitionFile): Report;
}

export interface Request {
  readonly id: number;
  readonly call: keyof Calls;
  readonly arguments: readonly unknown[];
}

/** An answer; or that the call waits for the network, which may take as long as it takes. */
export type Reply =
  | { readonly id: number; readonly fetching: true }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string; readonly details?: unknown } };
