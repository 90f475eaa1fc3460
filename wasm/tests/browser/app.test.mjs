// The app in Chromium as an assessor meets it: by keyboard alone, without a network, killed in the middle, in two tabs, on a full disk, with files that mean harm.

import assert from "node:assert/strict";
import { readlinkSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { profile, start } from "./chromium.mjs";
import { serve } from "./site.mjs";
import { addPerson, answers, begin, choose, focused, go, open, stored, tabTo, violations } from "./steps.mjs";

const dist = fileURLToPath(new URL("../../app/dist/", import.meta.url));
const GB = "gb-t-42195";
const MOVEMENT = ["bed_transfer", "chair_transfer", "walking", "stairs"];
let site, home, browser, faults;

before(async () => (site = await serve(dist)));
after(async () => site.close());

async function launch(options = {}) {
  browser = await start(home.folder, options);
  browser.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(site.address) && !/^(blob|data):/.test(address)) faults.push(`a request left the page's origin: ${address}`);
  });
  browser.on("weberror", (error) => faults.push(String(error.error())));
  return browser.newPage();
}

beforeEach(() => {
  home = profile();
  faults = [];
});
afterEach(async () => {
  await browser?.close().catch(() => undefined);
  home.remove();
  assert.deepEqual(faults, []);
});

const noViolations = async (page) => assert.deepEqual(await page.evaluate(() => window.violations), []);

test("a whole assessment is filled in by keyboard alone", async (t) => {
  const page = await launch();
  await open(page, site);
  await tabTo(page, (at) => at.id === "new");
  await page.keyboard.press("Enter");
  await tabTo(page, (at) => at.name === "name");
  await page.keyboard.type("李秀英");
  await page.keyboard.press("Enter");
  await page.locator("#assess").waitFor();
  await tabTo(page, (at) => at.id === "assess");
  await page.keyboard.press("Enter");
  await page.locator(`[data-instrument="${GB}"]`).waitFor();
  await tabTo(page, (at) => at.instrument === GB, 200);
  await page.keyboard.press("Enter");
  await page.locator("dialog[open] button.main:not([disabled])").waitFor();
  await tabTo(page, (at) => at.tag === "button" && at.last);
  await page.keyboard.press("Enter");
  await page.locator("geras-assessment .body h2").waitFor();
  let given = 0;
  for (let step = 0; step < 600 && !page.url().includes("#/report/"); step++) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (at.type === "radio" && !at.answered) {
      await page.keyboard.press("Space");
      await stored(page);
      given += 1;
    } else if (at.tag === "input" && at.classes === "number" && at.value === "") {
      await page.keyboard.type("0");
      await page.keyboard.press("Enter");
      await stored(page);
      given += 1;
    } else if (at.tag === "button" && at.classes === "button main") {
      const section = await page.locator("geras-assessment .body h2").textContent();
      await page.keyboard.press("Enter");
      await page.waitForFunction((before) => location.hash.includes("report") || document.querySelector("geras-app").shadowRoot.querySelector("geras-assess").shadowRoot.querySelector("geras-assessment").shadowRoot.querySelector(".body h2").textContent !== before, section);
    }
  }
  await page.locator("geras-report article").waitFor();
  t.diagnostic(`${given} answers by keyboard`);
  assert.ok(given >= 30, `${given} answers`);
  assert.match(await page.locator("geras-report .grade").first().textContent(), /完好|轻度/);
  await noViolations(page);
});

test("after the first visit it works with the network off, and an update waits until it is asked for", async () => {
  const page = await launch();
  await open(page, site);
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active.state !== "activated") await new Promise((done) => active.addEventListener("statechange", () => active.state === "activated" && done()));
  });
  await page.reload();
  await page.locator("#new").waitFor();
  await browser.setOffline(true);
  await page.reload();
  await addPerson(page, "离线");
  await begin(page, GB);
  await choose(page, "eating", 1);
  assert.equal((await answers(page)).eating, "guidance");
  await page.reload();
  await page.locator("#item-eating input:checked").waitFor();
  await browser.setOffline(false);

  site.over["/sw.js"] = readFileSync(join(dist, "sw.js"), "utf8").replace(/const VERSION = "/, 'const VERSION = "next-');
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration()).update()));
  await page.locator(".update").waitFor();
  assert.equal(await page.locator(".update button").count(), 0, "no update in the middle of an assessment");
  await page.locator("a.brand").click();
  await page.locator(".update button.main").click();
  await page.waitForFunction(async () => (await caches.keys()).some((name) => name.includes("next-")) && (await caches.keys()).length === 1);
  delete site.over["/sw.js"];
  await page.locator("geras-people a.card").first().waitFor();
});

test("killing the browser in the middle loses no answer", async () => {
  let page = await launch();
  await open(page, site);
  await addPerson(page, "王桂兰");
  await begin(page, GB);
  for (const [item, place] of [["eating", 2], ["grooming", 3], ["bathing", 0]]) await choose(page, item, place);
  const address = page.url();
  const given = await answers(page);
  const [, pid] = /-(\d+)$/.exec(readlinkSync(join(home.folder, "SingletonLock")));
  const gone = new Promise((closed) => browser.on("close", closed));
  process.kill(Number(pid), "SIGKILL");
  await gone;
  page = await launch();
  await page.goto(address);
  await page.locator("#item-bathing input:checked").waitFor();
  assert.deepEqual(await answers(page), given);
});

test("two tabs never write the same assessment", async () => {
  const one = await launch();
  await open(one, site);
  await addPerson(one, "赵玉珍");
  await begin(one, GB);
  await choose(one, "eating", 0);
  const two = await browser.newPage();
  await two.goto(one.url());
  await two.locator("#item-eating input:checked").waitFor();
  await two.locator("text=正在另一个标签页中填写").waitFor();
  assert.ok(await two.locator("#item-grooming").evaluate((field) => field.disabled));
  await two.locator(".note button").click();
  await two.locator("#item-grooming:not([disabled])").waitFor();
  await choose(two, "grooming", 1);
  await one.locator("text=正在另一个标签页中填写").waitFor();
  await one.reload();
  await one.locator("#item-grooming input:checked").waitFor();
  assert.deepEqual(await answers(one), { eating: "independent", grooming: "guidance" });
});

test("on a full disk an answer is refused aloud, and what is stored stays", async () => {
  const page = await launch();
  await open(page, site);
  await addPerson(page, "孙淑芬");
  await begin(page, GB);
  await choose(page, "eating", 1);
  // What a browser does when its share of the disk is used up.
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function full(...given) {
      if (window.diskIsFull) throw new DOMException("the quota has been exceeded", "QuotaExceededError");
      return put.apply(this, given);
    };
    window.diskIsFull = true;
  });
  await page.locator("#item-grooming label.option").nth(1).click();
  await page.locator("#tell-grooming").waitFor();
  assert.match(await page.locator("#tell-grooming").textContent(), /没有保存/);
  assert.equal(await page.locator("#item-grooming input:checked").count(), 0, "the answer is not shown as given");
  await page.evaluate(() => (window.diskIsFull = false));
  await choose(page, "grooming", 1);
  await page.reload();
  await page.locator("#item-grooming input:checked").waitFor();
  assert.deepEqual(Object.keys(await answers(page)), ["eating", "grooming"]);
});

test("an assessment stays on the rules that it began with", async () => {
  const page = await launch({ serviceWorkers: "block" });
  await open(page, site);
  await addPerson(page, "周凤英");
  await begin(page, GB);
  await choose(page, "eating", 0);
  const score = () => page.locator("geras-result .value").first().textContent();
  const before = await score();
  const shipped = JSON.parse(readFileSync(join(dist, "instruments.json"), "utf8"));
  const changed = shipped.map((one) => (one.id === GB ? { ...one, hash: "0".repeat(64), text: one.text.replace("points: 4", "points: 5") } : one));
  site.over["/instruments.json"] = JSON.stringify(changed);
  await page.reload();
  await page.locator("text=沿用开始时的规则版本").waitFor();
  await page.locator("#item-eating input:checked").waitFor();
  assert.equal(await score(), before);
  delete site.over["/instruments.json"];
});

test("files that mean harm are refused or stay text, and nothing stored is changed", async () => {
  const page = await launch();
  await open(page, site);
  await addPerson(page, "原有的人");
  await page.locator("a.text").first().click();
  const script = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`;
  const give = (text) => page.locator("#file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(text) });
  const moment = "2024-05-14T08:00:00.000Z";
  const person = { id: "p-1", name: script, number: script, born: "1940-01-01", note: script, created: moment, updated: moment };
  const file = { format: "geras-export", version: 1, exported: moment, people: [person], assessments: [], definitions: [] };
  const assessment = { id: "a-1", person: "p-1", instrument: { id: script, edition: script, hash: "a".repeat(64), title: { zh: script } }, date: "2024-05-14", settings: {}, answers: {}, override: null, status: "draft", summary: null, created: moment, updated: moment };
  const whole = JSON.stringify(file);
  const harmful = {
    "cut in half": whole.slice(0, whole.length / 2),
    "of another version": JSON.stringify({ ...file, version: 7 }),
    "of something else": '{"hello": 1}',
    "with a wrong place": JSON.stringify({ ...file, people: [{ ...person, id: "../../x" }] }),
    "with a number for a name": JSON.stringify({ ...file, people: [{ ...person, name: 7 }] }),
    "with an assessment of nobody": JSON.stringify({ ...file, assessments: [{ id: "a", person: "nobody" }] }),
    "with a definition that is not what it says": JSON.stringify({ ...file, definitions: [{ hash: "a".repeat(64), path: "x.yaml", text: "x" }] }),
    "with answers that are no answers": JSON.stringify({ ...file, assessments: [{ ...assessment, answers: { "gb-t-42195": { eating: { deep: { deeper: 1 } } } } }] }),
    "with a pathway whose definitions are not there": JSON.stringify({ ...file, assessments: [{ ...assessment, kind: "pathway", uses: ["b".repeat(64)] }], definitions: [] }),
    "empty": "",
  };
  for (const [what, text] of Object.entries(harmful)) {
    await give(text);
    await page.locator(".fault").waitFor();
    assert.match(await page.locator(".fault").textContent(), /已有记录没有任何改动/, what);
    assert.equal(await page.locator("a.card").count(), 1, what);
    await page.reload();
    await page.locator("a.card").first().waitFor();
  }
  await give(whole);
  await page.locator("a.card").nth(1).waitFor();
  await page.locator("a.card", { hasText: "onerror" }).click();
  await page.locator("h1", { hasText: "onerror" }).waitFor();
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await noViolations(page);
});

test("with a passphrase nothing can be read without it", async () => {
  const page = await launch();
  await open(page, site);
  await addPerson(page, "保密的人");
  await page.goto(`${site.address}#/tools`);
  await page.locator("input[name=one]").fill("一个很长的口令 2026");
  await page.locator("input[name=two]").fill("一个很长的口令 2026");
  await page.locator("geras-tools form button.main").click();
  await page.locator("text=记录已加密").waitFor();
  const raw = await page.evaluate(() => new Promise((done, failed) => {
    const asked = indexedDB.open("geras");
    asked.onerror = failed;
    asked.onsuccess = () => (asked.result.transaction("records").objectStore("records").getAll().onsuccess = (event) => done(JSON.stringify(event.target.result)));
  }));
  assert.ok(!raw.includes("保密的人"));
  await page.reload();
  await page.locator("input[name=passphrase]").fill("wrong one");
  await page.keyboard.press("Enter");
  await page.locator(".fault").waitFor();
  await page.locator("input[name=passphrase]").fill("一个很长的口令 2026");
  await page.keyboard.press("Enter");
  await page.goto(`${site.address}#/`);
  await page.locator("a.card", { hasText: "保密的人" }).waitFor();
});

test("a definition that is edited is checked at the right line", async () => {
  const page = await launch();
  await open(page, site, "en");
  await page.goto(`${site.address}#/authors`);
  await page.locator("geras-editor .cm-content").waitFor();
  await page.locator("geras-authors geras-assessment .body h2").waitFor();
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("instrumnt: x\n");
  await page.locator(".found .error").first().waitFor();
  assert.match(await page.locator(".found button").first().textContent(), /line 2/);
  await noViolations(page);
});

test("axe finds nothing on any page in either language", async (t) => {
  const page = await launch({ bypassCSP: true });
  const found = [];
  let looked = 0;
  const look = async (what) => {
    found.push(...(await violations(page, what)));
    looked += 1;
  };
  for (const language of ["zh", "en"]) {
    await open(page, site, language);
    await look(`${language} people`);
    await page.locator("#new").click();
    await look(`${language} new person`);
    await page.keyboard.press("Escape");
    await addPerson(page, `Li ${language}`);
    await look(`${language} person`);
    const person = page.url();
    for (const date of ["2024-05-14", "2025-05-14"]) {
      await page.goto(person);
      await begin(page, GB, date);
      await choose(page, "eating", date.startsWith("2024") ? 0 : 3);
      // A whole section, so that there is a score to be drawn over time.
      for (const item of MOVEMENT) {
        await go(page, item);
        await choose(page, item, date.startsWith("2024") ? 1 : 2);
      }
      if (date.startsWith("2025")) await look(`${language} assessment`);
    }
    await page.goto(page.url().replace("assess", "report"));
    await page.locator("geras-report article").waitFor();
    await look(`${language} report`);
    await page.locator("#override").click();
    await look(`${language} override`);
    await page.keyboard.press("Escape");
    await page.goto(person);
    await page.locator("geras-trend svg").first().waitFor();
    await look(`${language} comparison`);
    await page.goto(person.replace("person", "choose"));
    await page.locator(`[data-instrument="${GB}"]`).waitFor();
    await look(`${language} choose`);
    await page.goto(`${site.address}#/tools`);
    await page.locator("geras-tools h1").waitFor();
    await look(`${language} tools`);
    await page.goto(`${site.address}#/authors`);
    await page.locator("geras-authors geras-assessment .body h2").waitFor();
    await look(`${language} authors`);
    await page.goto(site.address);
  }
  t.diagnostic(`${looked} pages looked at`);
  assert.deepEqual(found, []);
});
