// The policy author's page in a real Chromium: a pathway is edited, a definition is proved, and texts that mean harm are refused in time. No assessor's page.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { profile, start } from "./chromium.mjs";
import { serve } from "./site.mjs";
import { open, violations } from "./steps.mjs";

const dist = fileURLToPath(new URL("../../app/dist/", import.meta.url));
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

async function onAuthorsPage(name, language = "en") {
  await open(page, site, language);
  await page.goto(`${site.address}#/authors`);
  await page.locator("geras-authors geras-assessment .body h2").waitFor();
  if (!name) return;
  await page.locator("geras-authors .pick select").selectOption(name);
  await settled();
}

/** What the page says of the text in the editor, once it has looked at it. */
async function settled() {
  await page.waitForTimeout(600);
  await page.waitForFunction(() => !/正在检查|Checking/.test(document.querySelector("geras-app").shadowRoot.querySelector("geras-authors").shadowRoot.querySelector("[role=status]").textContent));
  return page.locator("geras-authors [role=status]").first().textContent();
}

/** Puts a text in place of the one in the editor, as pasting does. */
async function paste(text) {
  await page.locator("geras-authors geras-editor").evaluate((editor, text) => {
    const content = editor.renderRoot.querySelector(".cm-content");
    content.focus();
    document.execCommand("selectAll");
    const data = new DataTransfer();
    data.setData("text/plain", text);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  return settled();
}

test("a pathway is edited as an instrument is: its form, its cases, and a fault at the right line", async () => {
  await onAuthorsPage("eldercare-triage@2026", "zh");
  await page.locator("geras-authors geras-assessment .step", { hasText: "GB/T 42195" }).or(page.locator("geras-authors geras-assessment .step.of").first()).first().waitFor();
  const [passed, all] = /(\d+) \/ (\d+)/.exec(await page.locator("geras-authors h2", { hasText: "用例通过" }).textContent()).slice(1).map(Number);
  assert.ok(all > 20 && passed === all, `${passed} of ${all} cases`);
  assert.equal(await page.locator("#prove").count(), 0);
  assert.deepEqual(await violations(page, "a pathway"), []);
  await page.locator(".cm-content").click();
  // At the very top: a long line takes more than one arrow.
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("no_such_key: 1\n");
  await settled();
  assert.match(await page.locator(".found button").first().textContent(), /第 1 行.*no_such_key/s);
});

test("a pathway that is written as JSON is known for one, and its instrument is asked for", async () => {
  await onAuthorsPage();
  const rule = (id, to) => ({ id, to, reason: { en: id }, basis: "illustrative" });
  const pathway = {
    pathway: "home-or-not", edition: "1", effective: { from: "2026-01-01" }, jurisdiction: "INTL", languages: ["en"], title: { en: "Home or not" },
    source: { title: "An example" }, licence: { class: "public_domain", wording: "own" }, provenance: { status: "recalled" },
    assessments: [{ id: "mood", instrument: "phq2", need: "required" }],
    inputs: [{ id: "carer", type: "boolean", text: { en: "Somebody can help" }, absent: [] }],
    care_settings: [{ id: "home", label: { en: "Home" }, kinds: [{ id: "family", label: { en: "With the family" } }, { id: "service", label: { en: "With a service" } }] }],
    findings: [{ id: "low", when: 'mood.total.band == "positive"', text: { en: "Low mood" } }],
    routing: { hit: "first", rules: [{ ...rule("helped", "family"), when: "carer && !low" }], otherwise: rule("alone", "service") },
  };
  const said = await paste(JSON.stringify(pathway, null, 1));
  assert.match(said, /Nothing to complain of/, await page.locator("geras-authors .found").textContent().catch(() => ""));
  await page.locator("geras-authors geras-assessment .step.of").first().waitFor();
});

test("a definition is proved on the page, and what was proved of another text is not shown", async () => {
  await onAuthorsPage("gb-t-42195@2022");
  await page.locator("#prove").click();
  await page.locator("geras-proof .proof details").first().waitFor();
  assert.match(await page.locator("geras-proof .proof ul").textContent(), /milder/);
  await page.locator("geras-proof details", { hasText: "Grade" }).last().locator("summary").click();
  const rows = await page.locator("geras-proof details[open] tr").allTextContents();
  assert.deepEqual(rows.map((row) => /[a-z]+/.exec(row)[0]), ["intact", "mild", "moderate", "severe", "complete"]);
  assert.deepEqual(await violations(page, "a proof"), []);
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# changed\n");
  await settled();
  assert.equal(await page.locator("geras-proof .proof").count(), 0);
});

const SCORES = "scores:\n  total: {sum: [all], range: [0, 1], missing: refuse}\n";
const LOOPED = (sections, scores) => `instrument: looped
edition: "1"
effective: {from: 2026-01-01}
jurisdiction: INTL
domain: function
languages: [en]
title: {en: Loop}
source: {title: none, issuer: nobody}
licence: {class: public_domain, wording: own}
provenance: {status: recalled}
direction: higher_is_worse
sections:${sections}
  - id: all
    title: {en: All}
    items:
      - {id: one, text: {en: One}, options: [{code: "no", points: 0, label: {en: "No"}}, {code: "yes", points: 1, label: {en: "Yes"}}]}
${SCORES}${scores}`;
const LOOPS = {
  "cyclic-reference": LOOPED("", "  a: {sum: [b], range: [0, 3], missing: refuse}\n  b: {sum: [a], range: [0, 3], missing: refuse}\n"),
  "script-breaks-limit": LOOPED("", "  endless:\n    script:\n      reads: [all]\n      code: |\n        let n = 0;\n        loop { n += 1; if n < 0 { break; } }\n        n\n    range: [0, 3]\n    missing: refuse\n"),
  "yaml-feature": LOOPED(" &again\n  - *again", ""),
};

test("texts that are too long or have no end are told in time, and nothing else suffers", async (t) => {
  await onAuthorsPage("phq2@2003");
  for (const [fault, text] of Object.entries(LOOPS)) {
    assert.match(await paste(text), /1 errors, 0 warnings/, fault);
    assert.match(await page.locator(".found button").first().textContent(), new RegExp(fault));
  }
  const before = Date.now();
  assert.match(await paste(`# ${"x".repeat(10_000_000)}\n`), /over 1 MB/);
  t.diagnostic(`10 MB: ${Date.now() - before} ms`);
  assert.equal(await page.locator(".found button").count(), 0);
  assert.match(await paste("instrument: [\n"), /error/);
  await page.goto(`${site.address}#/`);
  await page.locator("#new").waitFor();
});
