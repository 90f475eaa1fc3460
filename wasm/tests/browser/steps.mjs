// What an assessor does on the app's pages, in the words of these tests. Asserts nothing.

import { AXE } from "./chromium.mjs";

/** Opens the app and waits until it can be used. */
export async function open(page, site, language = "zh") {
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
  });
  await page.goto(site.address);
  await page.locator("#new").waitFor();
  await page.locator(`.lang button[lang="${language === "zh" ? "zh-Hans" : "en"}"]`).click();
}

export async function addPerson(page, name) {
  await page.locator("#new").click();
  await page.locator("dialog[open] input[name=name]").fill(name);
  await page.locator("dialog[open] button.main").click();
  await page.locator("#assess").waitFor();
}

export async function begin(page, instrument, date) {
  await page.locator("#assess").click();
  await page.locator(`[data-instrument="${instrument}"], [data-pathway="${instrument}"]`).click();
  if (date) {
    await page.locator("dialog[open] input[type=date]").fill(date);
    await page.locator("dialog[open] input[type=date]").blur();
  }
  await page.locator("dialog[open] button.main:not([disabled])").click();
  await page.locator("geras-assessment .body h2").waitFor();
}

/** Chooses the option of a question, and waits until it is stored. */
export async function choose(page, item, place) {
  await page.locator(`[id="item-${item}"] label.option`).nth(place).click();
  await stored(page);
}

/** Shows the question, wherever it is. */
export async function go(page, item) {
  await page.locator("geras-assessment").evaluate((form, item) => form.go(item), item);
  await page.locator(`[id="item-${item}"]`).waitFor();
}

/** Answers a question with the option of this code, or with a number. */
export async function answer(page, item, code) {
  await go(page, item);
  const place = await page.locator("geras-assessment").evaluate((form, { item, code }) => {
    const [instrument, id] = item.includes(".") ? item.split(".") : [undefined, item];
    const of = instrument ? form.instruments.get(instrument) : (form.pathway ?? form.description);
    const found = [...(of.items ?? []), ...of.inputs].find((one) => one.id === id);
    if (found.type === "boolean") return code ? 1 : 0;
    return found.options ? found.options.findIndex((one) => one.code === code) : -1;
  }, { item, code });
  if (place >= 0) return choose(page, item, place);
  await page.locator(`[id="field-${item}"]`).fill(String(code));
  await page.locator(`[id="field-${item}"]`).press("Enter");
  await stored(page);
}

/** Answers every question that is still open, the first option of each, until none is left. */
export async function fillIn(page) {
  for (let round = 0; round < 400; round++) {
    const open = await page.locator("geras-assessment").evaluate(async (form) => {
      for (const part of [...form.renderRoot.querySelectorAll(".step")]) {
        part.click();
        await form.updateComplete;
        await form.updateComplete;
        const question = [...form.renderRoot.querySelectorAll(".question[id]")].find((one) => !one.classList.contains("answered"));
        if (question) return { id: question.id.slice(5), options: question.querySelectorAll("label.option").length };
      }
      return undefined;
    });
    if (!open) return;
    if (open.options > 0) await choose(page, open.id, 0);
    else {
      const field = page.locator(`[id="field-${open.id}"]`);
      const low = /\d+/.exec(await page.locator(`[id="range-${open.id}"]`).textContent())?.[0] ?? "0";
      await field.fill(low);
      await field.press("Enter");
      await stored(page);
    }
  }
  throw new Error("there is no end of questions");
}

export async function stored(page) {
  await page.waitForFunction(() => {
    const find = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? find(one.shadowRoot) : [])]);
    const form = find(document).find((one) => one.localName === "geras-assessment");
    return form && !form.hasAttribute("aria-busy");
  });
}

/** The answers that the form holds now. */
export function answers(page) {
  return page.locator("geras-assessment").evaluate((form) => form.answers);
}

/** What has the focus, through all shadow roots. */
export function focused(page) {
  return page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const group = at?.type === "radio" ? [...at.getRootNode().querySelectorAll(`input[name="${at.name}"]`)] : [];
    return { tag: at?.localName, type: at?.type ?? "", name: at?.name ?? "", id: at?.id ?? "", classes: at?.className ?? "", text: at?.textContent?.trim() ?? "", href: at?.getAttribute?.("href") ?? "", answered: group.some((one) => one.checked), value: at?.value ?? "", instrument: at?.dataset?.instrument ?? at?.dataset?.pathway ?? "", last: at?.classList?.contains("main") ?? false };
  });
}

/** Presses Tab until what has the focus is what was looked for. */
export async function tabTo(page, wanted, most = 120) {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (wanted(at)) return at;
  }
  throw new Error("the keyboard does not get there");
}

/** What axe finds on the page as it stands, in words. */
export async function violations(page, what) {
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"] })).violations);
  return found.map((one) => `${what}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.flat().join(" ")).join(" | ")}`);
}
