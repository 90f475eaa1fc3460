// A pathway in the app, in a real Chromium: filled in stage by stage, alerts and contradictions seen, the report in the words of the command line.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { native } from "../module.mjs";
import { profile, start } from "./chromium.mjs";
import { serve } from "./site.mjs";
import { addPerson, answer, begin, choose, fillIn, focused, go, open, stored, tabTo, violations } from "./steps.mjs";

const dist = fileURLToPath(new URL("../../app/dist/", import.meta.url));
const TRIAGE = "eldercare-triage";
const DAY = "2026-03-02";
let site, home, browser, page, faults;

before(async () => (site = await serve(dist)));
after(async () => site.close());

beforeEach(async () => {
  home = profile();
  faults = [];
  browser = await start(home.folder, { bypassCSP: true });
  browser.on("request", (request) => !request.url().startsWith(site.address) && !/^(blob|data):/.test(request.url()) && faults.push(request.url()));
  browser.on("weberror", (error) => faults.push(String(error.error())));
  page = await browser.newPage();
});
afterEach(async () => {
  await browser?.close().catch(() => undefined);
  home.remove();
  assert.deepEqual(faults, []);
});

async function onPathway(name = "赵德福", language = "zh") {
  await open(page, site, language);
  await addPerson(page, name);
  await begin(page, TRIAGE, DAY);
}

const routing = () => page.locator("geras-proposal [data-routing]").getAttribute("data-routing");

test("a whole pathway is filled in, and its report says what the command line says", async (t) => {
  await onPathway();
  for (const [item, code] of [["age", 84], ["illness_state", "stable"], ["living", "with_spouse"], ["carer", "resident"], ["wish", "home"], ["decides", true]]) await answer(page, item, code);
  await answer(page, "gb-t-42195.eating", "dependent");
  await fillIn(page);
  await page.locator("geras-proposal [data-routing]").waitFor();
  const record = await page.locator("geras-assessment").evaluate(async (form) => ({ date: form.sheet.date, answers: form.answers }));
  const folder = mkdtempSync(join(tmpdir(), "geras-pathway-"));
  const file = join(folder, "sheet.json");
  writeFileSync(file, JSON.stringify(record));
  const told = JSON.parse(native("assess", `cn/${TRIAGE}`, "--answers", file, "--json"));
  rmSync(folder, { recursive: true });
  assert.equal(await routing(), told.routing);
  await page.goto(page.url().replace("assess", "report"));
  for (const [language, tag] of [["zh", "zh-Hans"], ["en", "en"]]) {
    await page.locator(`.lang button[lang="${tag}"]`).click();
    await page.locator(`geras-pathway-report article[lang="${language}"]`).waitFor();
    assert.deepEqual(await page.locator("geras-pathway-report .result p").allTextContents(), told.report[language].headline);
    for (const chapter of told.report[language].chapters) {
      const shown = page.locator(`geras-pathway-report [data-chapter="${chapter.id}"]`);
      assert.equal(await shown.locator("h3").textContent(), chapter.heading);
      assert.deepEqual(await shown.locator("li").allTextContents(), chapter.lines.map((line) => line.text), chapter.id);
    }
    assert.ok(await page.locator("geras-pathway-report [data-chapter=profile] .bar").count());
  }
  t.diagnostic(told.report.en.headline.join(" "));
});

test("a positive quick screen calls for the full instrument at once", async () => {
  await onPathway();
  const steps = () => page.locator("geras-assessment .step").allTextContents();
  assert.ok(!(await steps()).some((step) => step.includes("PHQ-9")));
  await page.locator("geras-assessment .step", { hasText: "PHQ-2" }).click();
  await page.locator("geras-assessment .body .button.main", { hasText: "填写" }).click();
  await page.locator("geras-assessment .question[id]").first().waitFor();
  const items = await page.locator("geras-assessment .question[id]").evaluateAll((all) => all.map((one) => one.id.slice(5)));
  assert.equal(items.length, 2);
  for (const item of items) await choose(page, item, 3);
  await page.locator("geras-assessment .news", { hasText: "PHQ-9" }).waitFor();
  await page.locator("geras-assessment .news button").click();
  await page.locator("geras-assessment .question[id]").first().waitFor();
  assert.ok((await steps()).filter((step) => step.includes("PHQ-9") || /\/9$/.test(step)).length > 0);
  await page.reload();
  await page.locator("geras-assessment .step", { hasText: "/9" }).first().waitFor();
});

test("an alert that calls for action now has to be seen, and contradictions are named", async () => {
  await onPathway();
  await answer(page, "suicidal", true);
  const dialog = page.locator("geras-assessment dialog[open]");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 1, "it cannot be waved away");
  await dialog.locator("button").click();
  await page.locator("geras-proposal .alarm.now").waitFor();
  await answer(page, "living", "alone");
  await answer(page, "carer", "resident");
  await page.locator("geras-proposal .contrary", { hasText: "独居" }).waitFor();
});

test("an assessment that is refused says so, another one may take its place, and people may decide otherwise with a reason", async () => {
  await onPathway("钱", "en");
  await answer(page, "age", 80);
  await page.locator("geras-assessment .step.of").first().click();
  await page.locator("geras-assessment .choice select").selectOption("refused");
  await page.locator("geras-assessment .step.done", { hasText: "not done" }).waitFor();
  await page.locator("geras-assessment .body .button.main", { hasText: "after all" }).click();
  const other = page.locator("geras-assessment .choice .row button").first();
  const name = await other.textContent();
  await other.click();
  await page.locator("geras-assessment .head", { hasText: name }).waitFor();
  await page.goto(page.url().replace("assess", "report"));
  await page.locator("#override").click();
  await page.locator("dialog[open] select[name=grade]").selectOption("care_home");
  await page.locator("dialog[open] button.main").click();
  await page.locator("dialog[open] .fault").waitFor();
  await page.locator("dialog[open] textarea").fill("<b>the family has moved</b>");
  await page.locator("dialog[open] button.main").click();
  await page.locator("geras-pathway-report .result", { hasText: "<b>the family has moved</b>" }).waitFor();
});

test("the facts of a pathway are given by keyboard alone", async (t) => {
  await open(page, site);
  await tabTo(page, (at) => at.id === "new");
  await page.keyboard.press("Enter");
  await tabTo(page, (at) => at.name === "name");
  await page.keyboard.type("孙桂英");
  await page.keyboard.press("Enter");
  await page.locator("#assess").waitFor();
  await tabTo(page, (at) => at.id === "assess");
  await page.keyboard.press("Enter");
  await page.locator(`[data-pathway="${TRIAGE}"]`).waitFor();
  await tabTo(page, (at) => at.instrument === TRIAGE, 200);
  await page.keyboard.press("Enter");
  await page.locator("dialog[open] button.main:not([disabled])").waitFor();
  await tabTo(page, (at) => at.tag === "button" && at.last);
  await page.keyboard.press("Enter");
  await page.locator("geras-assessment .body h2").waitFor();
  const inAnInstrument = () => page.locator('geras-assessment .step.of[aria-current="step"]').count();
  let given = 0;
  for (let step = 0; step < 300 && !(await inAnInstrument()); step++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (at.type === "radio" && !at.answered) {
      await page.keyboard.press("Space");
    } else if (at.classes === "number" && at.value === "") {
      await page.keyboard.type("70");
      await page.keyboard.press("Enter");
    } else if (at.tag === "button" && at.classes === "button main") {
      await page.keyboard.press("Enter");
      continue;
    } else continue;
    await stored(page);
    given += 1;
    if (await page.locator("geras-assessment dialog[open]").count()) await page.keyboard.press("Enter");
  }
  t.diagnostic(`${given} answers by keyboard`);
  assert.ok(await inAnInstrument(), "the facts are done and the first instrument follows");
  assert.ok(given >= 15, `${given} answers`);
});

test("axe finds nothing on the pages of a pathway, in either language and at any width", async () => {
  const found = [];
  const look = async (what) => void found.push(...(await violations(page, what)));
  for (const [language, width] of [["zh", 390], ["en", 1280]]) {
    await page.setViewportSize({ width, height: 900 });
    await onPathway(`Li ${language}`, language);
    await look(`${language} begun`);
    await answer(page, "living", "alone");
    await answer(page, "carer", "resident");
    await page.locator("geras-proposal .contrary").waitFor();
    await look(`${language} contradictory`);
    await page.locator("geras-assessment .step.of").last().click();
    await look(`${language} offered`);
    await go(page, "gb-t-42195.eating");
    await look(`${language} instrument`);
    await page.goto(page.url().replace("assess", "report"));
    await page.locator("geras-pathway-report article").waitFor();
    await look(`${language} report`);
    await page.goto(site.address);
  }
  assert.deepEqual(found, []);
});
