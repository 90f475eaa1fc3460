/** The engine for JavaScript: typed, lazy, the same in browsers and in Node. Computes nothing: every answer comes from the module. */

import init, { Geras as Tree, type Assessment as OpenSheet } from "./geras.js";
import type { Account as AccountOutput } from "./shapes/outcome.js";
import type { AnswerSheet } from "./shapes/answers.js";
import type { Description } from "./shapes/describe.js";
import type { Diagnostics, DiagnosticShape } from "./shapes/diagnostics.js";
import type { List, ListEntry } from "./shapes/list.js";
import type { Report } from "./shapes/report.js";
import type { Problem, Sheet, Line } from "./shapes/sheet.js";

export type { AnswerSheet, Description, Diagnostics, DiagnosticShape, Line, List, Problem, Report, Sheet };
/** The account of one assessment that was taken. */
export type Account = Extract<AccountOutput, { explanation: unknown }>;
/** A sheet that was refused. */
export type Refused = Extract<AccountOutput, { problems: unknown }>;

/** An answer: an option code, several codes, a number, yes or no, a day, a text, or why there is none. */
export type Answer = string | number | boolean | readonly string[] | { readonly absent: string };

/** A file of a tree: a definition, or cases where its path ends in `.cases.yaml`. */
export interface DefinitionFile {
  readonly path: string;
  readonly text: string;
}

/** An entry of the shipped list. */
export interface Listed extends ListEntry {
  /** How many items are asked. */
  readonly items: number;
  /** SHA-256 of the definition's text in hexadecimal. */
  readonly hash: string;
}

/** An entry of the shipped list, with the text of its definition. */
export type ShippedFile = Listed & DefinitionFile;

/** Which instrument: `gb-t-42195`, `gb-t-42195@2022`, `cn/gb-t-42195`, or the file of one. */
export type Which = string | DefinitionFile;

/** One person's sheet as it is handed in. */
export interface SheetInput {
  readonly id?: string | number | null;
  readonly date?: string | null;
  readonly answers?: Readonly<Record<string, Answer | null>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly override?: Decision | null;
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
  readonly instruments?: readonly ShippedFile[] | URL | string;
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

async function definitions(from: LoadOptions["instruments"]): Promise<readonly ShippedFile[]> {
  if (Array.isArray(from)) return from as readonly ShippedFile[];
  const address = new URL((from as URL | string | undefined) ?? new URL("./instruments.json", import.meta.url), import.meta.url);
  if (inNode && address.protocol === "file:") return JSON.parse(new TextDecoder().decode(await read(address))) as ShippedFile[];
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the definitions cannot be fetched from ${address.href}: ${response.status}`);
  return (await response.json()) as ShippedFile[];
}

/** A tree of definitions. */
export class Geras {
  #files: readonly ShippedFile[];
  #trees = new Map<string, Tree>();

  /** The module has to be loaded: call `load`. */
  constructor(files: readonly ShippedFile[] = []) {
    this.#files = files;
  }

  /** The instruments there are. Nothing is proved for it. */
  list(): Listed[] {
    return this.#files.map(({ path: _path, text: _text, ...listed }) => listed);
  }

  /** The file of a listed edition. */
  file(id: string, edition: string): DefinitionFile | undefined {
    const found = this.#files.find((file) => file.id === id && file.edition === edition);
    return found && { path: found.path, text: found.text };
  }

  /** Takes other definitions in place of those it has. */
  replace(files: readonly ShippedFile[]): void {
    this.#files = files;
    this.#trees.clear();
  }

  /** What is in an instrument, as the edition in force on a day, or the newest. */
  describe(which: Which, date?: string): Description {
    const [tree, name] = this.#find(which);
    return JSON.parse(tree.describe(name, date)) as Description;
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
    const text = typeof sheet === "string" ? sheet : JSON.stringify(sheet);
    return JSON.parse(tree.assess(name, text, languages && [...languages])) as Account | Refused;
  }

  /** What is wrong with one definition, or with one file of cases. */
  static check({ path, text }: DefinitionFile): Diagnostics {
    return JSON.parse(Tree.check(path, text)) as Diagnostics;
  }

  /** Runs the cases of a definition. */
  static test(definition: DefinitionFile, cases: DefinitionFile): Report {
    return JSON.parse(Tree.test(definition.path, definition.text, cases.path, cases.text)) as Report;
  }

  #find(which: Which): [Tree, string] {
    if (typeof which !== "string") return this.#alone(which);
    const id = which.split("@")[0]?.split("/").pop() ?? "";
    const files = this.#files.filter((file) => file.id === id).map(({ path, text }) => ({ path, text }));
    if (files.length === 0) throw new NoInstrument(`there is no instrument \`${which}\``);
    return [this.#tree(`id ${id}`, files), which];
  }

  #alone(file: DefinitionFile): [Tree, string] {
    const tree = this.#tree(`text ${file.path}\n${file.text}`, [{ path: file.path, text: file.text }]);
    const [only] = JSON.parse(tree.list()) as List;
    if (!only) throw new NoInstrument("the definition is not sound", JSON.parse(tree.diagnostics()) as Diagnostics);
    return [tree, `${only.id}@${only.edition}`];
  }

  #tree(key: string, files: readonly DefinitionFile[]): Tree {
    let tree = this.#trees.get(key);
    if (!tree) {
      // A page that checks text after text must not keep them all.
      if (this.#trees.size >= 40) this.#trees.clear();
      tree = Tree.from_files(JSON.stringify(files));
      this.#trees.set(key, tree);
    }
    return tree;
  }
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
