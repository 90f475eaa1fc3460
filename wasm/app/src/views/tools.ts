/** Settings: what the instruments are used for, the site's texts, the passphrase, when to lock. */

import { html, nothing, type TemplateResult } from "lit";
import { USES } from "../desk.js";
import type { SiteTexts } from "../store/model.js";
import { DiskFull } from "../store/store.js";
import { View } from "../view.js";

const IDLE_MINUTES = [0, 2, 5, 10, 30];
const SHORTEST = 8;
/** A site's file of texts is wording, and small. */
const MOST_TEXTS = 2_000_000;

export class ToolsView extends View {
  static override properties = { _told: { state: true }, _fault: { state: true }, _busy: { state: true }, _texts: { state: true }, _textsTold: { state: true }, _textsFaults: { state: true } };
  declare _texts: readonly SiteTexts[];
  declare _textsTold: string;
  declare _textsFaults: readonly string[];
  declare _told: string;
  declare _fault: string;
  declare _busy: boolean;

  constructor() {
    super();
    this._told = this._fault = "";
    this._busy = false;
    this._texts = this._textsFaults = [];
    this._textsTold = "";
  }

  protected override async load(): Promise<void> {
    this._texts = this.desk.store.locked ? [] : await this.desk.store.all("texts");
  }

  override render(): TemplateResult {
    const say = this.words;
    const has = this.desk.store.hasPassphrase;
    return html`<div class="page narrow">
      <p><a class="text" href="#/">← ${say.toPeople}</a></p>
      <h1 tabindex="-1">${say.tools}</h1>
      <h2>${say.use}</h2>
      <label class="field"><span class="sr">${say.use}</span><select id="use" @change=${(event: Event) => void this.desk.setUse(USES[(event.target as HTMLSelectElement).selectedIndex] ?? "clinical")}>
        ${USES.map((use) => html`<option value=${use} ?selected=${use === this.desk.use}>${say.uses[use]}</option>`)}</select></label>
      <p class="soft small">${say.useLead}</p>
      ${this.#siteTexts()}
      <h2>${say.passphrase}</h2>
      <p>${has ? say.passphraseOn : say.passphraseOff}</p><br />
      <form novalidate @submit=${(event: SubmitEvent) => void this.#set(event)}>
        <label class="field"><span>${say.passphraseNew}</span><input type="password" name="one" autocomplete="new-password" /></label>
        <label class="field"><span>${say.passphraseAgain}</span><input type="password" name="two" autocomplete="new-password" /></label>
        <p class="note small">${say.passphraseLost}</p><br />
        <div role="status">${this._busy ? html`<p>${say.working}</p>` : this._told ? html`<p class="note">${this._told}</p><br />` : nothing}</div>
        ${this._fault ? html`<p class="fault" role="alert">${this._fault}</p><br />` : nothing}
        <div class="row"><button class="button main" ?disabled=${this._busy}>${has ? say.passphraseChange : say.passphraseSet}</button>
          ${has ? html`<button type="button" class="button" ?disabled=${this._busy} @click=${() => void this.#write("")}>${say.passphraseRemove}</button>` : nothing}</div>
      </form>
      <h2>${say.autoLock}</h2>
      <label class="field"><span class="sr">${say.autoLock}</span><select ?disabled=${!has} @change=${(event: Event) => this.desk.setIdleMinutes(Number((event.target as HTMLSelectElement).value))}>
        ${IDLE_MINUTES.map((minutes) => html`<option value=${minutes} ?selected=${minutes === this.desk.idleMinutes}>${say.minutes(minutes)}</option>`)}</select></label>
      <h2>${say.authors}</h2>
      <p>${say.authorsLead}</p><br />
      <p><a class="button" href="#/authors">${say.authors}</a></p>
      <p class="soft small"><br />${say.privacy}</p>
    </div>`;
  }

  #siteTexts(): TemplateResult {
    const say = this.words;
    return html`<h2>${say.siteTexts}</h2><p class="soft small">${say.siteTextsLead}</p><br />
      <div class="row"><button type="button" class="button" @click=${() => this.renderRoot.querySelector<HTMLInputElement>("#texts")?.click()}>${say.siteTextsAdd}</button></div>
      <input id="texts" type="file" accept=".yaml,.yml" multiple hidden aria-label=${say.siteTextsAdd} @change=${(event: Event) => void this.#addTexts(event.target as HTMLInputElement)} />
      <div role="status">${this._textsTold ? html`<br /><p class="note">${this._textsTold}</p>` : nothing}</div>
      ${this._textsFaults.map((fault) => html`<br /><p class="fault" role="alert">${fault}</p>`)}
      <ul class="quiet-list">${this._texts.map((one) => html`<li><span>${one.path}</span><button type="button" class="quiet" aria-label=${`${say.siteTextsRemove} ${one.path}`} @click=${() => void this.#removeTexts(one.path)}>${say.siteTextsRemove}</button></li>`)}</ul>`;
  }

  /** A file that does not fit its instrument is refused with what is wrong with it; the others are taken. */
  async #addTexts(input: HTMLInputElement): Promise<void> {
    const files = [...(input.files ?? [])];
    input.value = "";
    this._textsTold = "";
    const faults: string[] = [];
    let taken = 0;
    for (const file of files) {
      if (file.size > MOST_TEXTS) {
        faults.push(`${file.name}: ${this.words.tooLargeTexts}`);
        continue;
      }
      const text = await file.text();
      // Under the name of what it is for: two folders may hold files of the same name.
      const named = /^texts_for:\s*["']?([^\s"'#]+)/m.exec(text)?.[1];
      const one = { path: named ? `${named}.texts.yaml` : file.name, text };
      const found = await this.desk.engine.putTexts(one);
      const errors = found.filter((fault) => fault.severity === "error");
      if (errors.length > 0) {
        faults.push(...errors.slice(0, 5).map((fault) => `${file.name}: ${this.words.line(fault.line)}: ${fault.message}`));
        continue;
      }
      try {
        const before = await this.desk.store.get("texts", one.path);
        await this.desk.store.put("texts", one.path, one, before?.version ?? 0);
        taken += 1;
      } catch (reason) {
        faults.push(`${file.name}: ${reason instanceof DiskFull ? this.words.diskFullTexts : this.words.storeFailed}`);
      }
    }
    this._textsFaults = faults;
    if (taken > 0) this._textsTold = this.words.siteTextsTaken(taken);
    await this.load();
    this.desk.changed();
  }

  /** Wording that was taken away is gone with the next start of the engine. */
  async #removeTexts(path: string): Promise<void> {
    await this.desk.store.remove([{ kind: "texts", id: path }]);
    location.reload();
  }

  async #set(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const [one, two] = [String(data.get("one")), String(data.get("two"))];
    this._told = "";
    this._fault = [...one].length < SHORTEST ? this.words.passphraseShort : one !== two ? this.words.passphraseDiffers : "";
    if (this._fault) return;
    if (await this.#write(one)) form.reset();
  }

  async #write(passphrase: string): Promise<boolean> {
    this._busy = true;
    this._fault = "";
    try {
      await this.desk.store.setPassphrase(passphrase);
      this._told = this.words.passphraseDone;
      this.desk.changed();
      return true;
    } catch {
      this._fault = this.words.storeFailed;
      return false;
    } finally {
      this._busy = false;
    }
  }
}
