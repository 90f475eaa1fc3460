// What stands before an assessment begins, in a real Chromium: a site's wording, what the instruments are used for, answers carried over; and what has moved since
// the last one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { profile, start } from "./chromium.mjs";
import { serve } from "./site.mjs";
import { addPerson, answer, answers, begin, choose, go, open, violations } from "./steps.mjs";

const dist = fileURLToPath(new URL("../../app/dist/", import.meta.url));
const GB = "gb-t-42195";
const listed = JSON.parse(readFileSync(join(dist, "instruments.json"), "utf8"));
let site, home, browser, page, faults;

before(async () => (site = await serve(dist)));
after(async () => site.close());

beforeEach(async () => {
  home = profile();
  faults = [];
  browser = await start(home.folder, { bypassCSP: true });
  browser.on("weberror", (error) => faults.push(String(error.error())));
  page = await browser.newPage();
});
afterEach(async () => {
  await browser?.close().catch(() => undefined);
  home.remove();
  assert.deepEqual(faults, []);
});

/** A site's texts for the EAT-10, in which every item and option is called after its id; without the options, where they are left out. */
function wording(codes) {
  const { text, edition } = listed.find((one) => one.id === "eat10");
  const items = [...text.matchAll(/^ {6}- \{id: ([a-z_]+)/gm)].map(([, item]) => item);
  const options = codes.map((code) => `      "${code}": {label: {zh: "机密选项 ${code}"}}`);
  return [`texts_for: eat10@${edition}`, "origin: 测试许可", "languages: [zh]", "items:", ...items.flatMap((item) => [`  ${item}:`, `    text: {zh: "机密题目 ${item}"}`, "    options:", ...options]), ""].join("\n");
}

test("a site's wording is shown in the forms, is sealed with the records, and a file that does not fit is refused", async () => {
  await open(page, site);
  await addPerson(page, "吴桂芳");
  const person = page.url();
  await begin(page, "eat10");
  await page.locator("#wordless").waitFor();
  await page.goto(`${site.address}#/tools`);
  const give = (text) => page.locator("#texts").setInputFiles({ name: "2008.texts.yaml", mimeType: "application/yaml", buffer: Buffer.from(text) });
  await give("texts_for: no-such@1\norigin: x\nlanguages: [zh]\nitems: {}\n");
  await page.locator("geras-tools .fault").first().waitFor();
  await give(wording(["0", "1"]));
  await page.locator("geras-tools .fault", { hasText: "2008.texts.yaml" }).first().waitFor();
  assert.equal(await page.locator("geras-tools .quiet-list li").count(), 0);
  await give(wording(["0", "1", "2", "3", "4"]));
  await page.locator("geras-tools .quiet-list li").waitFor();
  assert.deepEqual(await violations(page, "tools"), []);
  await page.goto(person);
  await begin(page, "eat10");
  await page.locator("#item-weight", { hasText: "机密题目" }).waitFor();
  assert.equal(await page.locator("#wordless").count(), 0);
  await page.goto(`${site.address}#/tools`);
  await page.locator("input[name=one]").fill("一个很长的口令 2026");
  await page.locator("input[name=two]").fill("一个很长的口令 2026");
  await page.locator("geras-tools form button.main").click();
  await page.locator("text=记录已加密").waitFor();
  const raw = await page.evaluate(() => new Promise((done) => {
    indexedDB.open("geras").onsuccess = ({ target }) => (target.result.transaction("records").objectStore("records").getAll().onsuccess = (event) => done(JSON.stringify(event.target.result)));
  }));
  assert.ok(!raw.includes("机密题目"));
  await page.reload();
  await page.locator("input[name=passphrase]").fill("一个很长的口令 2026");
  await page.keyboard.press("Enter");
  await page.goto(person);
  await begin(page, "eat10");
  await page.locator("#item-weight", { hasText: "机密题目" }).waitFor();
});

test("an instrument whose licence does not allow the use cannot be chosen, and says why", async () => {
  const refused = listed.find((one) => one.licence && one.licence.uses.includes("clinical") && !one.licence.uses.includes("commercial"));
  await open(page, site);
  await addPerson(page, "郑玉兰");
  const person = page.url();
  const card = page.locator(`[data-instrument="${refused.id}"]`);
  await page.goto(person.replace("person", "choose"));
  await card.waitFor();
  assert.ok(await card.isEnabled());
  await page.goto(`${site.address}#/tools`);
  await page.locator("#use").selectOption("commercial");
  await page.goto(person.replace("person", "choose"));
  await card.waitFor();
  assert.ok(await card.isDisabled());
  assert.match(await page.locator(`[id="why-${refused.id}"]`).textContent(), /许可不允许/);
  assert.deepEqual(await violations(page, "choose"), []);
  await page.reload();
  await card.waitFor();
  assert.ok(await card.isDisabled(), "it is still so after a reload");
});

test("answers given once are offered to another instrument; what is only near is taken over knowingly and stays marked", async () => {
  await open(page, site);
  await addPerson(page, "冯秀珍");
  const person = page.url();
  await begin(page, GB, "2024-05-14");
  await answer(page, "eating", "some_help");
  await answer(page, "bathing", "independent");
  await page.goto(person);
  await page.locator("#assess").click();
  await page.locator('[data-instrument="mz-t-039"]').click();
  await page.locator("dialog[open] #carry").selectOption("0");
  const box = (item) => page.locator(`dialog[open] .carried input[name="${item}"]`);
  assert.ok(await box("bathing").isChecked(), "what means the same is ticked");
  assert.ok(!(await box("feeding").isChecked()), "what is only near is not");
  assert.deepEqual(await violations(page, "carry"), []);
  await box("feeding").check();
  await page.locator("dialog[open] button.main:not([disabled])").click();
  await page.locator("geras-assessment .body h2").waitFor();
  assert.deepEqual(await answers(page), { feeding: "some_help", bathing: "independent" });
  await go(page, "feeding");
  assert.match(await page.locator("#item-feeding .mark").textContent(), /gb-t-42195@2022.*仅相近/);
  await choose(page, "feeding", 0);
  await page.locator("#item-feeding .mark").waitFor({ state: "detached" });
  await page.locator("#item-bathing .mark").waitFor();
});

test("the age follows from the date of birth, is told before it is taken, and counts completed years", async () => {
  await open(page, site, "en");
  await page.locator("#new").click();
  await page.locator("dialog[open] input[name=name]").fill("Zhou");
  await page.locator("dialog[open] input[name=born]").fill("1945-11-26");
  await page.locator("dialog[open] button.main").click();
  await page.locator("#assess").waitFor();
  const person = page.url();
  for (const [day, age] of [["2025-11-25", 79], ["2025-11-26", 80]]) {
    await page.goto(person);
    await page.locator("#assess").click();
    await page.locator('[data-instrument="nrs2002"]').click();
    await page.locator("dialog[open] input[type=date]").fill(day);
    await page.locator("dialog[open] input[type=date]").blur();
    await page.locator("#age-known", { hasText: `${age} years` }).waitFor();
    await page.locator("dialog[open] button.main:not([disabled])").click();
    await page.locator("geras-assessment .body h2").waitFor();
    assert.deepEqual(await answers(page), { age });
  }
  await page.goto(person);
  await page.locator("#assess").click();
  await page.locator('[data-instrument="walter"]').click();
  await page.locator("dialog[open] input[type=date]").fill("2010-01-01");
  await page.locator("dialog[open] input[type=date]").blur();
  await page.locator("#age-known").waitFor({ state: "detached" });
});

test("what has moved since the last assessment is told in the engine's words", async () => {
  await open(page, site, "en");
  await addPerson(page, "Chen");
  const person = page.url();
  for (const [day, coma] of [["2024-05-14", false], ["2025-05-14", true]]) {
    await page.goto(person);
    await begin(page, GB, day);
    await answer(page, "coma", coma);
    await answer(page, "eating", coma ? "dependent" : "independent");
  }
  await page.goto(person);
  await page.locator("geras-trend ul.moved li").first().waitFor();
  assert.match(await page.locator("geras-trend table").last().textContent(), /Eating/);
  assert.deepEqual(await violations(page, "comparison"), []);
});
