/** Settings: the language, the passphrase, when to lock. */

import { html, nothing, type TemplateResult } from "lit";
import { View } from "../view.js";

const IDLE_MINUTES = [0, 2, 5, 10, 30];
const SHORTEST = 8;

export class ToolsView extends View {
  static override properties = { _told: { state: true }, _fault: { state: true }, _busy: { state: true } };
  declare _told: string;
  declare _fault: string;
  declare _busy: boolean;

  constructor() {
    super();
    this._told = this._fault = "";
    this._busy = false;
  }

  override render(): TemplateResult {
    const say = this.words;
    const has = this.desk.store.hasPassphrase;
    return html`<div class="page narrow">
      <p><a class="text" href="#/">← ${say.toPeople}</a></p>
      <h1 tabindex="-1">${say.tools}</h1>
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
