// What an assessor does on the app's pages, in the words of these tests. Asserts nothing.

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
  await page.locator(`[data-instrument="${instrument}"]`).click();
  if (date) {
    await page.locator("dialog[open] input[type=date]").fill(date);
    await page.locator("dialog[open] input[type=date]").blur();
  }
  await page.locator("dialog[open] button.main:not([disabled])").click();
  await page.locator("geras-assessment .body h2").waitFor();
}

/** Chooses the option of a question, and waits until it is stored. */
export async function choose(page, item, place) {
  await page.locator(`#item-${item} label.option`).nth(place).click();
  await stored(page);
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
    return { tag: at?.localName, type: at?.type ?? "", name: at?.name ?? "", id: at?.id ?? "", classes: at?.className ?? "", text: at?.textContent?.trim() ?? "", href: at?.getAttribute?.("href") ?? "", answered: group.some((one) => one.checked), value: at?.value ?? "", instrument: at?.dataset?.instrument ?? "", last: at?.classList?.contains("main") ?? false };
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
