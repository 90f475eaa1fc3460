/** The engine for JavaScript: typed, lazy, the same in browsers and in Node. Computes nothing: every answer comes from the module. */

import init, { Geras as Tree, type Assessment as OpenSheet, type PathwayAssessment as OpenPathway } from "./geras.js";
import type { Account as AccountOutput } from "./shapes/outcome.js";
import type { AnswerSheet } from "./shapes/answers.js";
import type { Carried } from "./shapes/carried.js";
import type { Description } from "./shapes/describe.js";
import type { Diagnostics, DiagnosticShape } from "./shapes/diagnostics.js";
import type { List, ListEntry } from "./shapes/list.js";
import type { PathwayDescription } from "./shapes/pathway-describe.js";
import type { PathwayEntry } from "./shapes/pathway-list.js";
import type { PathwayAccount as PathwayOutput } from "./shapes/pathway-outcome.js";
import type { AssessmentState, PathwayLine, PathwaySheet } from "./shapes/pathway-sheet.js";
import type { Proof } from "./shapes/proof.js";
import type { Report } from "./shapes/report.js";
import type { Problem, Sheet, Line } from "./shapes/sheet.js";

export type { AnswerSheet, AssessmentState, Carried, Description, Diagnostics, DiagnosticShape, Line, List, PathwayDescription, PathwayLine, PathwaySheet, Problem, Proof, Report, Sheet };
/** The account of one assessment that was taken. */
export type Account = Extract<AccountOutput, { explanation: unknown }>;
/** The account of one person on a pathway. */
export type PathwayAccount = Extract<PathwayOutput, { report: unknown }>;
/** A sheet that was refused. */
export type Refused = Extract<AccountOutput, { problems: unknown }>;

/** An answer: an option code, several codes, a number, yes or no, a day, a text, or why there is none. */
export type Answer = string | number | boolean | readonly string[] | { readonly absent: string };

/** A file of a tree: a definition, or cases where its path ends in `.cases.yaml`. */
export interface DefinitionFile {
  readonly path: string;
  readonly text: string;
  /** The files that go with it: of a pathway those that it uses, in place of those that are listed; of an instrument its other editions. */
  readonly with?: readonly DefinitionFile[];
}

/** An entry of the shipped list. */
export interface Listed extends ListEntry {
  /** How many items are asked. */
  readonly items: number;
  /** SHA-256 of the definition's text in hexadecimal. */
  readonly hash: string;
}

/** A pathway of the shipped list. */
export interface ListedPathway extends PathwayEntry {
  /** SHA-256 of the pathway's text in hexadecimal. */
  readonly hash: string;
}

/** An instrument of the shipped list, with the text of its definition, of the mappings beside it, and a site's texts that stand over it. */
export type ShippedFile = Listed & DefinitionFile & { readonly carry?: string; readonly texts?: readonly DefinitionFile[] };

/** A pathway of the shipped list, with its text. */
export type ShippedPathway = ListedPathway & DefinitionFile;

/** Which instrument: `gb-t-42195`, `gb-t-42195@2022`, `cn/gb-t-42195`, or the file of one. Pathways are named in the same way. */
export type Which = string | DefinitionFile;

/** What instruments are used for. */
export type Use = "clinical" | "commercial" | "research" | "education";

/** One person's sheet as it is handed in. */
export interface SheetInput {
  readonly id?: string | number | null;
  readonly date?: string | null;
  readonly answers?: Readonly<Record<string, Answer | null>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly override?: Decision | null;
  /** Where answers were carried over from. */
  readonly carried?: Readonly<Record<string, { readonly from: string; readonly items: readonly string[]; readonly exact: boolean }>>;
}

/** The answers to one instrument of a pathway by item, or why it is not done. */
export type InstrumentAnswers = Readonly<Record<string, Answer | null>>;

/** One person's sheet on a pathway: the pathway's own inputs by their id, and the answers to each instrument under the instrument's id. */
export interface PathwaySheetInput {
  readonly id?: string | number | null;
  readonly date?: string | null;
  readonly answers?: Readonly<Record<string, Answer | InstrumentAnswers | null>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly override?: PanelDecision | null;
}

/** A panel's decision beside the care setting that was worked out: a kind of care setting. */
export interface PanelDecision {
  readonly setting: string;
  readonly reason: string;
  readonly by?: string;
}

/** An assessor's or panel's decision beside the grade that was worked out. */
export interface Decision {
  readonly grade: string;
  readonly reason: string;
  readonly by?: string;
}

/** A sheet that does not fit its instrument. */
export class SheetRefused extends Error {
  override readonly name = "SheetRefused";
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join("; "));
  }
}

/** No such instrument, or one that is not sound. */
export class NoInstrument extends Error {
  override readonly name = "NoInstrument";
  constructor(message: string, readonly diagnostics: Diagnostics = []) {
    super(message);
  }
}

export interface LoadOptions {
  /** The bytes of `geras_bg.wasm`, their address, or a compiled module. By default the file beside this one. */
  readonly module?: BufferSource | URL | string | WebAssembly.Module;
  /** The definitions, or the address of `instruments.json`. By default the shipped ones; `[]` for none. */
  readonly instruments?: readonly (ShippedFile | ShippedPathway)[] | URL | string;
}

/** Loads the module and the list of definitions. Each definition is proved when it is first asked for. */
export async function load(options: LoadOptions = {}): Promise<Geras> {
  const [, files] = await Promise.all([start(options.module), definitions(options.instruments)]);
  return new Geras(files);
}

const inNode = typeof globalThis.window === "undefined" && typeof (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node === "string";

async function read(address: URL): Promise<Uint8Array> {
  // The name is put together so that bundlers for browsers do not look for it.
  const files = (await import(/* @vite-ignore */ ["node", "fs/promises"].join(":"))) as { readFile(address: URL): Promise<Uint8Array> };
  return files.readFile(address);
}

async function start(module: LoadOptions["module"]): Promise<void> {
  const address = module ?? new URL("./geras_bg.wasm", import.meta.url);
  const local = inNode && address instanceof URL && address.protocol === "file:";
  await init({ module_or_path: local ? ((await read(address)) as BufferSource) : address });
}

async function definitions(from: LoadOptions["instruments"]): Promise<readonly (ShippedFile | ShippedPathway)[]> {
  if (Array.isArray(from)) return from as readonly (ShippedFile | ShippedPathway)[];
  const address = new URL((from as URL | string | undefined) ?? new URL("./instruments.json", import.meta.url), import.meta.url);
  if (inNode && address.protocol === "file:") return JSON.parse(new TextDecoder().decode(await read(address))) as (ShippedFile | ShippedPathway)[];
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the definitions cannot be fetched from ${address.href}: ${response.status}`);
  return (await response.json()) as (ShippedFile | ShippedPathway)[];
}

/** A tree of definitions. */
export class Geras {
  #files: readonly ShippedFile[] = [];
  #pathways: readonly ShippedPathway[] = [];
  #trees = new Map<string, Tree>();
  #use: Use = "clinical";
  #texts: { readonly id: string; readonly file: DefinitionFile }[] = [];

  /** The module has to be loaded: call `load`. */
  constructor(files: readonly (ShippedFile | ShippedPathway)[] = []) {
    this.replace(files);
  }

  /** The instruments there are. Nothing is proved for it. */
  list(): Listed[] {
    return this.#files.map(({ path: _path, text: _text, carry: _carry, texts: _texts, ...listed }) => listed);
  }

  /** The pathways there are. Nothing is proved for it. */
  pathways(): ListedPathway[] {
    return this.#pathways.map(({ path: _path, text: _text, ...listed }) => listed);
  }

  /** The file of a listed edition of an instrument or pathway. */
  file(id: string, edition: string): DefinitionFile | undefined {
    const found = [...this.#files, ...this.#pathways].find((file) => file.id === id && file.edition === edition);
    return found && { path: found.path, text: found.text };
  }

  /** Takes other definitions in place of those it has, for the use that their list names. */
  replace(files: readonly (ShippedFile | ShippedPathway)[]): void {
    this.#files = files.filter((file): file is ShippedFile => !("instruments" in file));
    this.#pathways = files.filter((file): file is ShippedPathway => "instruments" in file);
    this.#use = (this.#files[0]?.used_for as Use | undefined) ?? this.#use;
    this.#forget();
  }

  /** What the instruments are used for from now on; `clinical` at first. Sheets of an instrument whose licence does not allow it are refused. */
  useFor(use: Use): void {
    for (const tree of this.#trees.values()) tree.use_for(use);
    this.#use = use;
  }

  /**
   * Puts a site's file of texts over the instrument that it is for: wording only, no rule. Answers what is wrong with it; where that is not empty, nothing was
   * changed. Sheets that were begun before keep the wording they began with.
   */
  putTexts(file: DefinitionFile): Diagnostics {
    const id = Tree.texts_for(file.path, file.text) ?? "";
    const tree = this.#tree(`id ${idOf(id)}`, this.#editions(idOf(id)));
    const faults = JSON.parse(tree.put_texts(file.path, file.text)) as Diagnostics;
    if (!faults.some(({ severity }) => severity === "error")) {
      this.#texts = [...this.#texts.filter((known) => known.id !== id), { id, file }];
      this.#forget();
    }
    return faults;
  }

  /** What is in an instrument, as the edition in force on a day, or the newest. */
  describe(which: Which, date?: string): Description {
    const [tree, name] = this.#find(which);
    return JSON.parse(tree.describe(name, date)) as Description;
  }

  /** What holds over all complete sheets of an instrument: each score, band, grade and alert with the exact number of sheets that lead to it, and one of them. */
  prove(which: Which): Proof {
    const [tree, name] = this.#find(which);
    return JSON.parse(tree.prove(name)) as Proof;
  }

  /** Begins an assessment, or goes on with one. Throws `SheetRefused` where the sheet does not fit. */
  start(which: Which, sheet: SheetInput = {}, language = "en"): Assessment {
    const [tree, name] = this.#find(which);
    try {
      return new Assessment(tree.start(name, JSON.stringify({ ...sheet, answers: sheet.answers ?? {} }), language));
    } catch (refused) {
      throw asRefused(refused);
    }
  }

  /** Assesses one person: the account, or the problems of a sheet that does not fit. */
  assess(which: Which, sheet: SheetInput | string, languages?: readonly string[]): Account | Refused {
    const [tree, name] = this.#find(which);
    return JSON.parse(tree.assess(name, asText(sheet), languages && [...languages])) as Account | Refused;
  }

  /**
   * Assesses one person beside an earlier account: the key `change` says what has moved since, and whether because of the answers or of the edition. An account
   * of another person or instrument is refused.
   */
  assessSince(which: Which, sheet: SheetInput | string, previous: Account | string, languages: readonly string[]): Account | Refused {
    const [tree, name] = this.#find(which);
    return JSON.parse(tree.assess_since(name, asText(sheet), asText(previous), [...languages])) as Account | Refused;
  }

  /**
   * Fills a sheet of the instrument `to` from a person's answers to `from`, onto the answers that were already given to it. Answers a sheet that `start` takes,
   * or the problems where the two contradict each other. Throws where nothing says how answers to the one serve the other.
   */
  carry(from: string, to: string, sheet: SheetInput | string, onto?: SheetInput | string, language = "en"): Carried | Refused {
    const [one, other] = [idOf(from), idOf(to)];
    const files = one === other ? this.#editions(one) : [...this.#editions(one), ...this.#editions(other)];
    for (const [name, id] of [[from, one], [to, other]] as const) if (!files.some((file) => file.id === id)) throw unknown(name);
    const mappings = files.flatMap(({ path, carry }) => (carry === undefined ? [] : [{ path: path.replace(".yaml", ".carry.yaml"), text: carry }]));
    const tree = this.#tree(`carry ${one} ${other}`, files, mappings);
    return JSON.parse(tree.carry(from, to, asText(sheet), onto && asText(onto), language)) as Carried | Refused;
  }

  /** What is in a pathway, as the edition in force on a day, or the newest. */
  describePathway(which: Which, date?: string): PathwayDescription {
    const [tree, name] = this.#findPathway(which);
    return JSON.parse(tree.describe_pathway(name, date)) as PathwayDescription;
  }

  /** What is in an instrument as a pathway uses it. */
  describeOnPathway(pathway: Which, instrument: string, date?: string): Description {
    const [tree] = this.#findPathway(pathway);
    return JSON.parse(tree.describe(instrument, date)) as Description;
  }

  /** Begins to assess a person on a pathway, or goes on. Throws `SheetRefused` where the sheet does not fit. */
  startPathway(which: Which, sheet: PathwaySheetInput = {}, language = "en"): PathwayAssessment {
    const [tree, name] = this.#findPathway(which);
    try {
      return new PathwayAssessment(tree.start_pathway(name, JSON.stringify({ ...sheet, answers: sheet.answers ?? {} }), language));
    } catch (refused) {
      throw asRefused(refused);
    }
  }

  /** Assesses one person on a pathway: the account, or the problems of a sheet that does not fit. */
  assessPathway(which: Which, sheet: PathwaySheetInput | string, languages?: readonly string[]): PathwayAccount | Refused {
    const [tree, name] = this.#findPathway(which);
    return JSON.parse(tree.assess_pathway(name, asText(sheet), languages && [...languages])) as PathwayAccount | Refused;
  }

  /** What is wrong with one definition of an instrument, or with one file of cases. */
  static check({ path, text }: DefinitionFile): Diagnostics {
    return JSON.parse(Tree.check(path, text)) as Diagnostics;
  }

  /** Runs the cases of an instrument. */
  static test(definition: DefinitionFile, cases: DefinitionFile): Report {
    return JSON.parse(Tree.test(definition.path, definition.text, cases.path, cases.text)) as Report;
  }

  /** Whether a text defines a pathway; what is broken elsewhere is still known for what it is. */
  static isPathway(file: DefinitionFile): boolean {
    return Tree.glimpse(file.text, "pathway") !== undefined;
  }

  /** What is wrong with a pathway, which uses the instruments of this tree. */
  checkPathway(file: DefinitionFile): Diagnostics {
    return JSON.parse(this.#around(file).check_pathway(file.path, file.text)) as Diagnostics;
  }

  /** Runs the cases of a pathway, which uses the instruments of this tree. */
  testPathway(file: DefinitionFile, cases: DefinitionFile): Report {
    return JSON.parse(this.#around(file).test_pathway(file.path, file.text, cases.path, cases.text)) as Report;
  }

  #editions(id: string): ShippedFile[] {
    return this.#files.filter((file) => file.id === id);
  }

  #find(which: Which): [Tree, string] {
    if (typeof which !== "string") return this.#alone(which);
    const files = this.#editions(idOf(which));
    if (files.length === 0) throw unknown(which);
    return [this.#tree(`id ${idOf(which)}`, files), which];
  }

  #alone(file: DefinitionFile): [Tree, string] {
    const others = (file.with ?? []).filter(({ text }) => text !== file.text);
    const tree = this.#tree(`text ${file.path}\n${[file, ...others].map(({ text }) => text).join("\n")}`, [file, ...others]);
    const edition = Tree.glimpse(file.text, "edition");
    const all = JSON.parse(tree.list()) as List;
    const own = all.length === 1 ? all[0] : all.find((one) => one.edition === edition);
    if (!own) throw new NoInstrument("the definition is not sound", JSON.parse(tree.diagnostics()) as Diagnostics);
    return [tree, `${own.id}@${own.edition}`];
  }

  #findPathway(which: Which): [Tree, string] {
    if (typeof which !== "string") {
      const { used, bases } = this.#usedBy(which.text);
      const around = which.with ?? [...used, ...bases.filter(({ path }) => path !== which.path)];
      const tree = this.#tree(`text ${which.path}\n${which.text}\n${(which.with ?? []).map(({ text }) => text).join("\n")}`, [...around, which]);
      const [id, edition] = [Tree.glimpse(which.text, "pathway"), Tree.glimpse(which.text, "edition")];
      const only = (JSON.parse(tree.pathways()) as PathwayEntry[]).find((one) => one.id === id && one.edition === edition);
      if (!only) throw new NoInstrument("the pathway is not sound", JSON.parse(tree.diagnostics()) as Diagnostics);
      return [tree, `${only.id}@${only.edition}`];
    }
    const own = this.#pathways.filter(({ id }) => id === idOf(which));
    if (own.length === 0) throw new NoInstrument(`there is no pathway \`${which}\``);
    const bases = this.#pathways.filter((one) => own.some((pathway) => pathway !== one && builtOn(pathway.extends, one)));
    const used = this.#files.filter(({ id }) => own.some(({ instruments }) => instruments.includes(id)));
    return [this.#tree(`pathway ${idOf(which)}`, [...used, ...bases.filter((one) => !own.includes(one)), ...own]), which];
  }

  /** What a pathway's text can use. */
  #around(file: DefinitionFile): Tree {
    const { used, bases } = this.#usedBy(file.text);
    return this.#tree(`around ${[...used, ...bases].map(({ path }) => path).join(" ")}`, [...used, ...bases.filter(({ path }) => path !== file.path)]);
  }

  /** The instruments that a text names, the pathways that it extends, and what those use. */
  #usedBy(text: string): { used: ShippedFile[]; bases: ShippedPathway[] } {
    const names = [...text.matchAll(/\b(?:instrument|extends)["']?\s*:\s*["']?([^\s,}"'#]+)/g)].map(([, name]) => idOf(name ?? ""));
    const nearest = this.#pathways.filter(({ id }) => names.includes(id));
    const further = nearest.flatMap((base) => base.extends);
    const bases = this.#pathways.filter((one) => nearest.includes(one) || builtOn(further, one));
    const used = this.#files.filter(({ id }) => names.includes(id) || bases.some(({ instruments }) => instruments.includes(id)));
    return { used, bases };
  }

  #tree(key: string, files: readonly DefinitionFile[], mappings: readonly DefinitionFile[] = []): Tree {
    let tree = this.#trees.get(key);
    if (!tree) {
      // A page that checks text after text must not keep them all.
      if (this.#trees.size >= 40) this.#forget();
      tree = Tree.from_files(JSON.stringify([...files, ...mappings].map(({ path, text }) => ({ path, text }))));
      tree.use_for(this.#use);
      // A file that is handed in does not say whose it is: texts that are not for it change nothing.
      const shipped = files.every((file) => "id" in file) ? files.filter((file): file is ShippedFile => "id" in file) : this.#files;
      const listed = shipped.flatMap(({ texts }) => texts ?? []);
      const put = this.#texts.filter(({ id }) => shipped.some((file) => file.id === idOf(id))).map(({ file }) => file);
      for (const file of [...listed, ...put]) tree.put_texts(file.path, file.text);
      this.#trees.set(key, tree);
    }
    return tree;
  }

  #forget(): void {
    for (const tree of this.#trees.values()) tree.free();
    this.#trees.clear();
  }
}

/** The id in `cn/gb-t-42195@2022`. */
function idOf(name: string): string {
  return name.split("@")[0]?.split("/").pop() ?? "";
}

/** Whether one of the names, `cn/eldercare-triage@2026`, is that of this pathway. */
function builtOn(names: readonly string[], { id, edition }: ShippedPathway): boolean {
  return names.some((name) => name.split("/").pop() === `${id}@${edition}`);
}

function unknown(which: string): NoInstrument {
  return new NoInstrument(`there is no instrument \`${which}\``);
}

function asText(sheet: object | string): string {
  return typeof sheet === "string" ? sheet : JSON.stringify(sheet);
}

function asRefused(refused: unknown): unknown {
  if (!(refused instanceof Error) || !refused.message.startsWith("{")) return refused;
  return new SheetRefused((JSON.parse(refused.message) as Refused).problems as Problem[]);
}

/** One person's sheet while it is filled in. Each change answers the sheet's state and what has changed. */
export class Assessment {
  #sheet: OpenSheet;

  /** `Geras.start` makes it. */
  constructor(sheet: OpenSheet) {
    this.#sheet = sheet;
  }

  /** The sheet as it stands. */
  state(): Sheet {
    return JSON.parse(this.#sheet.state()) as Sheet;
  }

  /** Answers an item or input. An answer that does not fit is not taken, and `problems` says why. */
  set(item: string, answer: Answer): Sheet {
    return JSON.parse(this.#sheet.set(item, JSON.stringify(answer))) as Sheet;
  }

  /** Takes an answer away. */
  clear(item: string): Sheet {
    return JSON.parse(this.#sheet.clear(item)) as Sheet;
  }

  /** Sets the day of the assessment. */
  on(date: string): Sheet {
    return JSON.parse(this.#sheet.on(date)) as Sheet;
  }

  /** Sets the named switches that are not at their default. */
  settings(settings: Readonly<Record<string, string>>): Sheet {
    return JSON.parse(this.#sheet.settings(JSON.stringify(settings))) as Sheet;
  }

  /** Records a decision beside the grade that was worked out, or takes it away. */
  decide(decision: Decision | null): Sheet {
    return JSON.parse(this.#sheet.decide(JSON.stringify(decision))) as Sheet;
  }

  /** The full account, worded in these languages. */
  account(languages: readonly string[]): Account {
    return JSON.parse(this.#sheet.account([...languages])) as Account;
  }

  /** The sheet as a record that `geras assess` reads. */
  record(): SheetInput {
    return JSON.parse(this.#sheet.record()) as SheetInput;
  }

  /** Gives its memory back; it answers nothing after that. */
  close(): void {
    this.#sheet.free();
  }
}

/** One person on a pathway while the answers come in. Each change answers where everything stands and what has changed. */
export class PathwayAssessment {
  #sheet: OpenPathway;

  /** `Geras.startPathway` makes it. */
  constructor(sheet: OpenPathway) {
    this.#sheet = sheet;
  }

  /** As it stands. */
  state(): PathwaySheet {
    return JSON.parse(this.#sheet.state()) as PathwaySheet;
  }

  /**
   * Answers an item of an instrument, or an input of the pathway where `instrument` is null. Without an instrument, the id of an instrument takes all its
   * answers at once, or `{absent: "refused"}`. An answer that does not fit is not taken, and `problems` says why.
   */
  set(instrument: string | null, item: string, answer: Answer | InstrumentAnswers): PathwaySheet {
    return JSON.parse(this.#sheet.set(instrument, item, JSON.stringify(answer))) as PathwaySheet;
  }

  /** Takes an answer away; without an instrument an input of the pathway, or all answers to an instrument. */
  clear(instrument: string | null, item: string): PathwaySheet {
    return JSON.parse(this.#sheet.clear(instrument, item)) as PathwaySheet;
  }

  /** Sets the day of the assessment. */
  on(date: string): PathwaySheet {
    return JSON.parse(this.#sheet.on(date)) as PathwaySheet;
  }

  /** Sets the named switches that are not at their default. */
  settings(settings: Readonly<Record<string, string>>): PathwaySheet {
    return JSON.parse(this.#sheet.settings(JSON.stringify(settings))) as PathwaySheet;
  }

  /** Records a panel's decision beside the care setting that was worked out, or takes it away. */
  decide(decision: PanelDecision | null): PathwaySheet {
    return JSON.parse(this.#sheet.decide(JSON.stringify(decision))) as PathwaySheet;
  }

  /** The full account, with a report in these languages. */
  account(languages: readonly string[]): PathwayAccount {
    return JSON.parse(this.#sheet.account([...languages])) as PathwayAccount;
  }

  /** The sheet as a record that `geras assess` reads. */
  record(): PathwaySheetInput {
    return JSON.parse(this.#sheet.record()) as PathwaySheetInput;
  }

  /** Gives its memory back; it answers nothing after that. */
  close(): void {
    this.#sheet.free();
  }
}
