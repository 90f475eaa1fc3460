/** What every page of the app works with: the store, the engine, the language, the way to another page. Draws nothing. */

import type { Listed, ListedPathway, Use } from "geras";
import { EngineWorker } from "geras/worker-client";
import { Store } from "./store/store.js";
import { say, type Language, type Words } from "./words.js";

const LANGUAGE = "geras.language";
const IDLE = "geras.idle-minutes";
const USE = "geras.use";

export const USES: readonly Use[] = ["clinical", "commercial", "research", "education"];

export class Desk extends EventTarget {
  readonly engine: EngineWorker;
  list: readonly Listed[] = [];
  pathways: readonly ListedPathway[] = [];
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
    desk.pathways = await engine.pathways();
    if (desk.use !== "clinical") await engine.useFor(desk.use);
    await desk.readTexts();
    return desk;
  }

  /** Puts the site's texts over the instruments; once the records are unlocked, where they are locked. */
  async readTexts(): Promise<void> {
    if (this.store.locked) return;
    for (const { path, text } of await this.store.all("texts")) await this.engine.putTexts({ path, text });
  }

  /** Takes over the definitions as they are now. */
  async replace(): Promise<void> {
    this.list = await this.engine.replace();
    this.pathways = await this.engine.pathways();
  }

  /** What the instruments are used for. */
  get use(): Use {
    const stored = localStorage.getItem(USE);
    return USES.find((use) => use === stored) ?? "clinical";
  }

  async setUse(use: Use): Promise<void> {
    await this.engine.useFor(use);
    localStorage.setItem(USE, use);
    this.changed();
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
