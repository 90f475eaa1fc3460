/** The engine in a worker, as the page sees it: every call is a promise, has a time limit, and a worker that hangs is replaced. */

import { NoInstrument, SheetRefused, type Account, type Answer, type Carried, type Decision, type DefinitionFile, type Description, type Diagnostics, type InstrumentAnswers, type Listed, type ListedPathway, type PanelDecision, type PathwayAccount, type PathwayDescription, type PathwaySheet, type PathwaySheetInput, type Problem, type Proof, type Refused, type Report, type Sheet, type SheetInput, type Use, type Which } from "./index.js";
import type { Calls, Reply, Request } from "./worker-protocol.js";

/** What a form needs of an engine; `EngineWorker` is one. */
export interface Engine {
  describe(which: Which, date?: string): Promise<Description>;
  start(which: Which, sheet: SheetInput, language: string): Promise<Session>;
  /** Whether a text defines a pathway, even where it is broken. */
  isPathway(file: DefinitionFile): Promise<boolean>;
  /** The pathways there are; with the three below, an engine that knows pathways has them. */
  pathways(): Promise<readonly ListedPathway[]>;
  describePathway(which: Which, date?: string): Promise<PathwayDescription>;
  describeOnPathway(pathway: Which, instrument: string, date?: string): Promise<Description>;
  startPathway(which: Which, sheet: PathwaySheetInput, language: string): Promise<PathwaySession>;
}

/** One sheet while it is filled in. */
export interface Session {
  /** The sheet as it was when the session began. */
  readonly opened: Sheet;
  set(item: string, answer: Answer): Promise<Sheet>;
  clear(item: string): Promise<Sheet>;
  settings(settings: Readonly<Record<string, string>>): Promise<Sheet>;
  decide(decision: Decision | null): Promise<Sheet>;
  account(languages: readonly string[]): Promise<Account>;
  record(): Promise<SheetInput>;
  close(): void;
}

/** One person on a pathway while the answers come in. */
export interface PathwaySession {
  /** Where everything stood when the session began. */
  readonly opened: PathwaySheet;
  set(instrument: string | null, item: string, answer: Answer | InstrumentAnswers): Promise<PathwaySheet>;
  clear(instrument: string | null, item: string): Promise<PathwaySheet>;
  settings(settings: Readonly<Record<string, string>>): Promise<PathwaySheet>;
  decide(decision: PanelDecision | null): Promise<PathwaySheet>;
  account(languages: readonly string[]): Promise<PathwayAccount>;
  record(): Promise<PathwaySheetInput>;
  close(): void;
}

/** A call took too long, or the worker broke. The worker is new; sheets have to be started again. */
export class EngineStopped extends Error {
  override readonly name = "EngineStopped";
}

export interface EngineOptions {
  /** The address of `geras_bg.wasm`. */
  readonly module?: URL | string;
  /** The address of `instruments.json`. */
  readonly instruments?: URL | string;
  /** Makes the worker; by default from `worker.js` beside this file. */
  readonly worker?: () => Worker;
  /** How long the worker may compute for one call, in milliseconds; waiting for earlier calls or for the network does not count. Proving is the longest. */
  readonly limit?: number;
}

interface Waiting {
  readonly request: Request;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/** The engine in a worker of its own. */
export class EngineWorker implements Engine {
  readonly #make: () => Worker;
  readonly #module: string;
  readonly #instruments: string;
  readonly #limit: number;
  #worker: Worker | undefined;
  #ready: Promise<Listed[]> | undefined;
  /** Calls in their order; the worker has the first one and gets the next when that is answered. */
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next = 1;
  #use: Use | undefined;
  #texts: DefinitionFile[] = [];

  constructor(options: EngineOptions = {}) {
    this.#make = options.worker ?? (() => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
    this.#module = new URL(options.module ?? new URL("./geras_bg.wasm", import.meta.url), import.meta.url).href;
    this.#instruments = new URL(options.instruments ?? new URL("./instruments.json", import.meta.url), import.meta.url).href;
    this.#limit = options.limit ?? 15_000;
  }

  /** The instruments there are. */
  list(): Promise<Listed[]> {
    if (!this.#ready) {
      const loading = this.#load();
      this.#ready = loading;
      // What could not be fetched is fetched again when it is next asked for.
      loading.catch(() => void (this.#ready === loading && (this.#ready = undefined)));
    }
    return this.#ready;
  }

  /** A worker that takes the place of another one knows what that one was told. */
  async #load(): Promise<Listed[]> {
    const listed = this.#send("load", [this.#module, this.#instruments]);
    const told = [...(this.#use ? [this.#send("useFor", [this.#use])] : []), ...this.#texts.map((file) => this.#send("putTexts", [file]))];
    await Promise.all([listed, ...told]);
    return listed;
  }

  /** Fetches the definitions again. */
  async replace(): Promise<Listed[]> {
    await this.list();
    this.#ready = this.#send("replace", [this.#instruments]);
    return this.#ready;
  }

  /** The pathways there are. */
  pathways(): Promise<ListedPathway[]> {
    return this.#call("pathways");
  }

  /** What the instruments are used for from now on; `clinical` at first. */
  async useFor(use: Use): Promise<void> {
    await this.#call("useFor", use);
    this.#use = use;
  }

  /** Puts a site's file of texts over its instrument; answers what is wrong with it, and where that is not empty, nothing was changed. */
  async putTexts(file: DefinitionFile): Promise<Diagnostics> {
    const faults = await this.#call("putTexts", file);
    if (!faults.some(({ severity }) => severity === "error")) this.#texts = [...this.#texts.filter(({ path }) => path !== file.path), file];
    return faults;
  }

  file(id: string, edition: string): Promise<DefinitionFile | undefined> {
    return this.#call("file", id, edition);
  }

  describe(which: Which, date?: string): Promise<Description> {
    return this.#call("describe", which, date);
  }

  async start(which: Which, sheet: SheetInput, language: string): Promise<Session> {
    const { handle, sheet: opened } = await this.#call("start", which, sheet, language);
    return {
      opened,
      set: (item, answer) => this.#call("set", handle, item, answer),
      clear: (item) => this.#call("clear", handle, item),
      settings: (settings) => this.#call("settings", handle, settings),
      decide: (decision) => this.#call("decide", handle, decision),
      account: (languages) => this.#call("account", handle, languages),
      record: () => this.#call("record", handle),
      close: () => void this.#call("close", handle).catch(() => undefined),
    };
  }

  assess(which: Which, sheet: SheetInput | string, languages?: readonly string[]): Promise<Account | Refused> {
    return this.#call("assess", which, sheet, languages);
  }

  assessSince(which: Which, sheet: SheetInput | string, previous: Account | string, languages: readonly string[]): Promise<Account | Refused> {
    return this.#call("assessSince", which, sheet, previous, languages);
  }

  carry(from: string, to: string, sheet: SheetInput | string, onto?: SheetInput | string, language = "en"): Promise<Carried | Refused> {
    return this.#call("carry", from, to, sheet, onto, language);
  }

  describePathway(which: Which, date?: string): Promise<PathwayDescription> {
    return this.#call("describePathway", which, date);
  }

  assessPathway(which: Which, sheet: PathwaySheetInput | string, languages?: readonly string[]): Promise<PathwayAccount | Refused> {
    return this.#call("assessPathway", which, sheet, languages);
  }

  describeOnPathway(pathway: Which, instrument: string, date?: string): Promise<Description> {
    return this.#call("describeOnPathway", pathway, instrument, date);
  }

  async startPathway(which: Which, sheet: PathwaySheetInput, language: string): Promise<PathwaySession> {
    const { handle, sheet: opened } = await this.#call("startPathway", which, sheet, language);
    return {
      opened,
      set: (instrument, item, answer) => this.#call("setOnPathway", handle, instrument, item, answer),
      clear: (instrument, item) => this.#call("clearOnPathway", handle, instrument, item),
      settings: (settings) => this.#call("settingsOfPathway", handle, settings),
      decide: (decision) => this.#call("decideOnPathway", handle, decision),
      account: (languages) => this.#call("pathwayAccount", handle, languages),
      record: () => this.#call("pathwayRecord", handle),
      close: () => void this.#call("close", handle).catch(() => undefined),
    };
  }

  isPathway(file: DefinitionFile): Promise<boolean> {
    return this.#call("isPathway", file);
  }

  checkPathway(file: DefinitionFile): Promise<Diagnostics> {
    return this.#call("checkPathway", file);
  }

  testPathway(file: DefinitionFile, cases: DefinitionFile): Promise<Report> {
    return this.#call("testPathway", file, cases);
  }

  /** May take some seconds for a great instrument. */
  prove(which: Which): Promise<Proof> {
    return this.#call("prove", which);
  }

  check(file: DefinitionFile): Promise<Diagnostics> {
    return this.#call("check", file);
  }

  test(definition: DefinitionFile, cases: DefinitionFile): Promise<Report> {
    return this.#call("test", definition, cases);
  }

  /** Ends the worker. The next call starts another. */
  stop(why = "the engine was stopped"): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one.reject(new EngineStopped(why));
  }

  async #call<Call extends keyof Calls>(call: Call, ...given: Parameters<Calls[Call]>): Promise<ReturnType<Calls[Call]>> {
    await this.list();
    return this.#send(call, given);
  }

  #send<Call extends keyof Calls>(call: Call, given: Parameters<Calls[Call]>): Promise<ReturnType<Calls[Call]>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request: { id: this.#next++, call, arguments: given }, resolve: resolve as (value: unknown) => void, reject });
      if (this.#waiting.length === 1) this.#hand();
    });
  }

  /** Hands the worker the first call that waits. */
  #hand(): void {
    const [first] = this.#waiting;
    if (!first) return;
    const worker = (this.#worker ??= this.#begin());
    this.#timer = setTimeout(() => this.stop(`\`${first.request.call}\` took longer than ${this.#limit / 1000} seconds`), this.#limit);
    worker.postMessage(first.request);
  }

  #begin(): Worker {
    const worker = this.#make();
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const [first] = this.#waiting;
      if (first?.request.id !== data.id) return;
      clearTimeout(this.#timer);
      if ("fetching" in data) return;
      this.#waiting.shift();
      if ("error" in data) first.reject(asError(data.error));
      else first.resolve(data.value);
      this.#hand();
    };
    worker.onerror = (event) => this.stop(event.message || "the engine cannot be started");
    return worker;
  }
}

function asError({ name, message, details }: { name: string; message: string; details?: unknown }): Error {
  if (name === "SheetRefused") return new SheetRefused(details as Problem[]);
  if (name === "NoInstrument") return new NoInstrument(message, details as Diagnostics);
  // A trap leaves the module in an unknown state; everything else is a message for people.
  return name === "RuntimeError" ? new EngineStopped(message) : Object.assign(new Error(message), { name });
}
