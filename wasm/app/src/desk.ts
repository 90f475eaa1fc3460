/** What every page of the app works with: the store, the engine, the language, the way to another page. Draws nothing. */

import type { Listed } from "geras";
import { EngineWorker } from "geras/worker-client";
import { Store } from "./store/store.js";
import { say, type Language, type Words } from "./words.js";

const LANGUAGE = "geras.language";
const IDLE = "geras.idle-minutes";

export class Desk extends EventTarget {
  readonly engine: EngineWorker;
  list: readonly Listed[] = [];
  language: Language = startLanguage();

  private constructor(readonly store: Store, engine: EngineWorker) {
    super();
    this.engine = engine;
    store.onchange = () => this.changed();
  }

  static async open(): Promise<Desk> {
    const engine = newEngine();
    const [store, list] = await Promise.all([Store.open(), engine.list()]);
    const desk = new Desk(store, engine);
    desk.list = list;
    return desk;
  }

  get words(): Words {
    return say(this.language);
  }

  setLanguage(language: Language): void {
    this.language = language;
    localStorage.setItem(LANGUAGE, language);
    this.changed();
  }

  /** After how many minutes without a touch the records are locked; 0 for never. */
  get idleMinutes(): number {
    const stored = Number(localStorage.getItem(IDLE) ?? "10");
    return Number.isFinite(stored) ? stored : 10;
  }

  setIdleMinutes(minutes: number): void {
    localStorage.setItem(IDLE, String(minutes));
    this.changed();
  }

  go(page: string): void {
    location.hash = `#/${page}`;
  }

  changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

/** An engine in a worker of its own; files lie beside the page. */
export function newEngine(limit?: number): EngineWorker {
  return new EngineWorker({
    module: new URL("geras_bg.wasm", document.baseURI),
    instruments: new URL("instruments.json", document.baseURI),
    worker: () => new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module" }),
    ...(limit ? { limit } : {}),
  });
}

function startLanguage(): Language {
  const stored = localStorage.getItem(LANGUAGE);
  if (stored === "zh" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}
