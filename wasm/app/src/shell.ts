/** `<geras-app>`: the frame around every page: the address decides which, the lock stands before all of them, an update waits for a good moment. */

import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { tokens } from "geras/element";
import { Desk } from "./desk.js";
import { watchFolder } from "./live.js";
import { page } from "./style.js";
import { update, type Update } from "./update.js";
import { say, type Language } from "./words.js";

const style = css`
  :host { display: block; min-height: 100vh; background: var(--ground); }
  header { background: var(--paper); border-block-end: 1px solid var(--line); }
  header .in { max-width: 1280px; margin-inline: auto; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; padding: 8px clamp(14px, 3vw, 28px); }
  .brand { display: flex; align-items: center; gap: 12px; font-weight: 700; color: inherit; text-decoration: none; min-height: 48px; }
  .brand svg { width: 30px; height: 30px; }
  .lang { display: inline-flex; border: 1.5px solid var(--line-strong); border-radius: 99px; overflow: hidden; }
  .lang button { border: 0; background: transparent; min-height: 44px; padding: 0 1em; cursor: pointer; font-weight: 600; }
  .lang button[aria-pressed="true"] { background: var(--accent); color: #fff; }
  @media (max-width: 520px) { header .in { gap: 6px; padding-inline: 10px; } .brand span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; } .brand { gap: 0; } .lang button { padding: 0 0.6em; font-size: 0.94em; } header a.quiet { padding-inline: 0.3em; } }
  header a.quiet { display: inline-flex; align-items: center; }
  .update { background: var(--accent-soft); padding: 8px clamp(14px, 3vw, 28px); display: flex; flex-wrap: wrap; gap: 12px; align-items: center; justify-content: center; }
  .skip { position: absolute; inset-inline-start: 8px; top: -60px; background: var(--paper); padding: 10px 16px; z-index: 9; border-radius: 8px; }
  .skip:focus { top: 8px; }
  .lock { max-width: 420px; margin: 12vh auto; }
  .live { margin: 12px auto 0; max-width: 1080px; }
`;

const pages: Record<string, string> = { "": "people", person: "person", choose: "choose", assess: "assess", report: "report", tools: "tools", authors: "authors" };

export class GerasApp extends LitElement {
  static override styles = [tokens, page, style];
  static override properties = { _desk: { state: true }, _page: { state: true }, _route: { state: true }, _fault: { state: true }, _wrong: { state: true }, _update: { state: true }, _told: { state: true }, _language: { state: true }, _locked: { state: true } };
  declare _desk: Desk | undefined;
  declare _page: string;
  declare _route: readonly string[];
  declare _fault: string;
  declare _wrong: boolean;
  declare _update: Update | undefined;
  declare _told: string;
  declare _language: Language;
  declare _locked: boolean;

  #touched = Date.now();

  constructor() {
    super();
    this._fault = this._told = "";
    this._wrong = this._locked = false;
    this._page = "";
    this._route = [];
    this._language = document.documentElement.lang === "en" ? "en" : "zh";
    void this.#open();
  }

  async #open(): Promise<void> {
    try {
      const desk = await Desk.open();
      desk.addEventListener("change", () => {
        this._language = desk.language;
        this._locked = desk.store.locked;
        this.requestUpdate();
      });
      this._language = desk.language;
      this._locked = desk.store.locked;
      this._desk = desk;
      this.#follow(false);
      addEventListener("hashchange", () => this.#follow(true));
      for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (this.#touched = Date.now()), { passive: true });
      setInterval(() => this.#idle(), 5_000);
      void navigator.storage?.persist?.();
      const live = await watchFolder(desk, (told) => (this._told = told));
      if (!live) await update((ready) => (this._update = ready));
    } catch (reason) {
      this._fault = String((reason as Error).message ?? reason);
    }
  }

  #idle(): void {
    const desk = this._desk;
    if (!desk || !desk.store.hasPassphrase || desk.store.locked || desk.idleMinutes === 0) return;
    if (Date.now() - this.#touched > desk.idleMinutes * 60_000) this.#lock();
  }

  #lock(): void {
    this._desk?.store.lock();
    this._desk?.changed();
  }

  #follow(focus: boolean): void {
    const [name = "", ...route] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
    this._page = pages[name] ?? "unknown";
    this._route = route;
    if (focus) void this.updateComplete.then(() => this.#focusHeading());
  }

  /** A new page begins at its heading, for the eyes and for screen readers. */
  #focusHeading(tries = 20): void {
    const view = this.renderRoot.querySelector<LitElement>("#content > *");
    const heading = view?.renderRoot?.querySelector<HTMLElement>("h1");
    if (heading) {
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    } else if (tries > 0) setTimeout(() => this.#focusHeading(tries - 1), 50);
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("_language") || changed.has("_page")) {
      document.documentElement.lang = this._language === "zh" ? "zh-Hans" : "en";
      document.title = say(this._language).app;
    }
  }

  override render(): TemplateResult {
    const words = say(this._language);
    const desk = this._desk;
    return html`
      <header class="no-print"><button type="button" class="button skip" @click=${() => this.#focusHeading()}>${words.skip}</button><div class="in">
        <a class="brand" href="#/"><svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#0b5a5e"></rect><path d="M9 21V11.5M16 21V8M23 21v-6.5" stroke="#fff" stroke-width="3.4" stroke-linecap="round"></path><path d="M7 25h18" stroke="#9fd0cb" stroke-width="2.4" stroke-linecap="round"></path></svg><span>${words.app}</span></a>
        <span class="grow"></span>
        ${desk && !this._locked ? html`<a class="quiet" href="#/tools">${words.tools}</a>` : nothing}
        ${desk?.store.hasPassphrase && !this._locked ? html`<button type="button" class="quiet" @click=${() => this.#lock()}>${words.lock}</button>` : nothing}
        <div class="lang" role="group" aria-label=${words.language}>
          ${(["zh", "en"] as const).map((language) => html`<button type="button" lang=${language === "zh" ? "zh-Hans" : "en"} aria-pressed=${this._language === language} @click=${() => desk?.setLanguage(language)}>${language === "zh" ? "中文" : "English"}</button>`)}
        </div></div></header>
      ${this.#updateBar()}
      ${this._told ? html`<p class="note live no-print" role="status">${this._told}</p>` : nothing}
      <main id="content">${this._fault ? html`<div class="page"><h1>${words.app}</h1><p class="fault" role="alert">${words.failed}${this._fault}</p></div>` : desk ? (this._locked ? this.#lockPage(desk) : this.#view(desk)) : nothing}</main>`;
  }

  #view(desk: Desk): TemplateResult {
    const [route, language] = [this._route, this._language];
    switch (this._page) {
      case "people":
        return html`<geras-people .desk=${desk} language=${language} .route=${route}></geras-people>`;
      case "person":
        return html`<geras-person .desk=${desk} language=${language} .route=${route}></geras-person>`;
      case "choose":
        return html`<geras-choose .desk=${desk} language=${language} .route=${route}></geras-choose>`;
      case "assess":
        return html`<geras-assess .desk=${desk} language=${language} .route=${route}></geras-assess>`;
      case "report":
        return html`<geras-report-page .desk=${desk} language=${language} .route=${route}></geras-report-page>`;
      case "tools":
        return html`<geras-tools .desk=${desk} language=${language} .route=${route}></geras-tools>`;
      case "authors":
        return html`<geras-authors .desk=${desk} language=${language} .route=${route}></geras-authors>`;
      default:
        return html`<div class="page"><h1 tabindex="-1">${desk.words.notFound}</h1><p><a class="text" href="#/">${desk.words.toPeople}</a></p></div>`;
    }
  }

  /** An update is installed when somebody says so, and never in the middle of an assessment. */
  #updateBar(): TemplateResult | typeof nothing {
    const words = say(this._language);
    if (!this._update) return nothing;
    if (this._page === "assess") return html`<div class="update no-print" role="status">${words.updateReady} ${words.updateWaits}</div>`;
    return html`<div class="update no-print" role="status"><span>${words.updateReady}</span>
      <button type="button" class="button main" @click=${() => this._update?.install()}>${words.updateNow}</button>
      <button type="button" class="quiet" @click=${() => (this._update = undefined)}>${words.updateLater}</button></div>`;
  }

  #lockPage(desk: Desk): TemplateResult {
    const words = desk.words;
    return html`<form class="card lock" @submit=${(event: SubmitEvent) => void this.#unlock(event, desk)}>
      <h1>${words.locked}</h1><br />
      <label class="field"><span>${words.passphrase}</span><input type="password" name="passphrase" autocomplete="current-password" autofocus /></label>
      ${this._wrong ? html`<p class="fault" role="alert">${words.wrongPassphrase}</p><br />` : nothing}
      <button class="button main">${words.unlock}</button></form>`;
  }

  async #unlock(event: SubmitEvent, desk: Desk): Promise<void> {
    event.preventDefault();
    const given = String(new FormData(event.target as HTMLFormElement).get("passphrase"));
    this._wrong = !(await desk.store.unlock(given));
    if (!this._wrong) await desk.readTexts();
    this.#touched = Date.now();
    desk.changed();
  }
}
