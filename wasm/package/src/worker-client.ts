/** The engine in a worker, as the page sees it: every call is a promise, has a time limit, and a worker that hangs is replaced. */

import { NoInstrument, SheetRefused, type Account, type Answer, type Decision, type DefinitionFile, type Description, type Diagnostics, type Listed, type Problem, type Report, type Sheet, type SheetInput, type Which } from "./index.js";
import type { Calls, Reply } from "./worker-protocol.js";

/** What a form needs of an engine; `EngineWorker` is one. */
export interface Engine {
  describe(which: Which, date?: string): Promise<Description>;
  start(which: Which, sheet: SheetInput, language: string): Promise<Session>;
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
  /** How long a call may take, in milliseconds. Proving a definition is the longest. */
  readonly limit?: number;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
  timer: ReturnType<typeof setTimeout>;
}

/** The engine in a worker of its own. */
export class EngineWorker implements Engine {
  readonly #make: () => Worker;
  readonly #module: string;
  readonly #instruments: string;
  readonly #limit: number;
  #worker: Worker | undefined;
  #ready: Promise<Listed[]> | undefined;
  #waiting = new Map<number, Waiting>();
  #next = 1;

  constructor(options: EngineOptions = {}) {
    this.#make = options.worker ?? (() => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
    this.#module = new URL(options.module ?? new URL("./geras_bg.wasm", import.meta.url), import.meta.url).href;
    this.#instruments = new URL(options.instruments ?? new URL("./instruments.json", import.meta.url), import.meta.url).href;
    this.#limit = options.limit ?? 15_000;
  }

  /** The instruments there are. */
  list(): Promise<Listed[]> {
    this.#ready ??= this.#send("load", [this.#module, this.#instruments]);
    return this.#ready;
  }

  /** Fetches the definitions again. */
  async replace(): Promise<Listed[]> {
    await this.list();
    this.#ready = this.#send("replace", [this.#instruments]);
    return this.#ready;
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

  check(file: DefinitionFile): Promise<Diagnostics> {
    return this.#call("check", file);
  }

  test(definition: DefinitionFile, cases: DefinitionFile): Promise<Report> {
    return this.#call("test", definition, cases);
  }

  /** Ends the worker. The next call starts another. */
  stop(why = "the engine was stopped"): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) {
      clearTimeout(one.timer);
      one.reject(new EngineStopped(why));
    }
  }

  async #call<Call extends keyof Calls>(call: Call, ...given: Parameters<Calls[Call]>): Promise<ReturnType<Calls[Call]>> {
    await this.list();
    return this.#send(call, given);
  }

  #send<Call extends keyof Calls>(call: Call, given: Parameters<Calls[Call]>): Promise<ReturnType<Calls[Call]>> {
    const worker = (this.#worker ??= this.#begin());
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      const timer = setTimeout(() => this.stop(`\`${call}\` took longer than ${this.#limit / 1000} seconds`), this.#limit);
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, timer });
      worker.postMessage({ id, call, arguments: given });
    });
  }

  #begin(): Worker {
    const worker = this.#make();
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      clearTimeout(waiting?.timer);
      if ("error" in data) waiting?.reject(asError(data.error));
      else waiting?.resolve(data.value);
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
