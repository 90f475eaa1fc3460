// Native against Chromium: every shipped case, hundreds of made-up sheets of every instrument and thousands of the great ones and of the pathways, byte for byte; under the
// strict policy. No expected result stands here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { profile, start } from "./chromium.mjs";
import { nativeAnswers } from "./oracle.mjs";
import { POLICY, serve } from "./site.mjs";

/** Made-up sheets of each instrument, and of those with many rules. */
const SHEETS = 200;
const MANY = 2_000;
const GREAT = /^(gb-t-42195|mz-t-039|nba|aggir|nursing-need|ltci-disability|shanghai-care-grade)@/;
/** An outcome on a pathway takes a tenth of a second on each side. */
const PEOPLE = 100;
/** Pages on which the time until the module is ready is taken; the best one tells what it takes where nothing else runs. */
const STARTS = 5;
const dist = fileURLToPath(new URL("../../package/dist/", import.meta.url));
const top = new URL("../../../", import.meta.url);
const shipped = JSON.parse(readFileSync(`${dist}instruments.json`, "utf8"));
const isPathway = (name) => shipped.some((one) => `${one.id}@${one.edition}` === name && "instruments" in one);

let site, browser, home, page;
before(async () => {
  site = await serve(dist, { "/index.html": "<!doctype html><title>parity</title>", "/none.html": "<!doctype html><title>policy</title>" });
  home = profile();
  browser = await start(home.folder);
  page = await browser.newPage();
  await page.goto(site.address);
});
after(async () => {
  await browser?.close();
  await site?.close();
  home?.remove();
});

test("every case and thousands of made-up sheets come to the same bytes in Chromium", async (t) => {
  const count = (name) => (isPathway(name) ? PEOPLE : GREAT.test(name) ? MANY : SHEETS);
  const counts = { decided: 0, open: 0, refused: 0 };
  const seen = new Set();
  let sheets = 0;
  await page.evaluate(async () => {
    const geras = await import("./geras.js");
    await geras.default({ module_or_path: "geras_bg.wasm" });
    window.compare = (file, name, records, accounts) => {
      const tree = geras.Geras.from_files(JSON.stringify([file]));
      const lines = records.map((record) => tree.batch_line(name, record));
      const told = accounts.map(({ sheet, language }) => tree.assess(name, sheet, [language]));
      const description = tree.describe(name);
      tree.free();
      return { lines, told, description };
    };
    window.comparePathway = (files, own, cases, name, records, accounts) => {
      window.tree ??= geras.Geras.from_files(JSON.stringify(files));
      const lines = records.map((record) => window.tree.pathway_line(name, record));
      const told = accounts.map(({ sheet, language }) => window.tree.assess_pathway(name, sheet, [language]));
      const report = window.tree.test_pathway(own.path, own.text, cases.path, cases.text);
      return { lines, told, report, description: window.tree.describe_pathway(name) };
    };
  });
  const file = (path) => ({ path, text: readFileSync(new URL(path, top), "utf8") });
  const all = shipped.map(({ path }) => file(path));
  for await (const native of nativeAnswers(count)) {
    const { name, path, records, accounts } = native;
    const here = isPathway(name)
      ? await page.evaluate((given) => window.comparePathway(...given), [all, file(path), file(path.replace(".yaml", ".cases.yaml")), name, records, accounts])
      : await page.evaluate((given) => window.compare(...given), [file(path), name, records, accounts]);
    assert.equal(here.description, native.description, name);
    assert.equal(here.report, native.report, name);
    assert.equal(here.lines.length, native.lines.length);
    native.lines.forEach((line, place) => {
      assert.equal(here.lines[place], line, `${name}: ${records[place]}`);
      counts[JSON.parse(line).status ?? "refused"] += 1;
    });
    native.accounts.forEach(({ text, sheet }, place) => assert.equal(here.told[place], text, `${name}: ${sheet}`));
    sheets += native.lines.length;
    seen.add(name);
  }
  t.diagnostic(`${seen.size} instruments and pathways: ${counts.decided} sheets decided, ${counts.open} open, ${counts.refused} refused`);
  assert.deepEqual([...seen].sort(), shipped.map(({ id, edition }) => `${id}@${edition}`).sort(), "there are cases of every shipped definition");
  for (const [how, count] of Object.entries(counts)) assert.ok(count > sheets / 20, `${count} sheets are ${how}: they prove little`);
});

test("the list is ready within 150 ms, and an answer is scored within a millisecond", async (t) => {
  const starts = [];
  for (let round = 0; round < STARTS; round++) {
    const fresh = await browser.newPage();
    await fresh.goto(site.address);
    starts.push(await fresh.evaluate(async () => {
      const { load } = await import("./index.js");
      const [module, instruments] = await Promise.all(["geras_bg.wasm", "instruments.json"].map((file) => fetch(file).then((response) => response.arrayBuffer())));
      const start = performance.now();
      const geras = await load({ module, instruments: JSON.parse(new TextDecoder().decode(instruments)) });
      return geras.list().length > 50 ? performance.now() - start : Infinity;
    }));
    await fresh.close();
  }
  const measured = await page.evaluate(async () => {
    const { load } = await import("./index.js");
    const geras = await load();
    const spread = (times) => {
      times.sort((one, other) => one.time - other.time);
      return { median: times[Math.floor(times.length / 2)].time, slowest: times.at(-1) };
    };
    const timed = (item, give) => {
      const before = performance.now();
      give();
      return { item, time: performance.now() - before };
    };
    const all = {};
    for (const id of ["gb-t-42195", "mz-t-039", "ltci-disability", "nba"]) {
      const description = geras.describe(id);
      const sheet = geras.start(id, { date: description.effective.from });
      const items = description.items.filter(({ options }) => options);
      all[id] = spread([0, 1, 2, 3].flatMap((round) => items.map((item) => timed(item.id, () => sheet.set(item.id, item.options[round % item.options.length].code)))));
      sheet.close();
    }
    const person = geras.startPathway("eldercare-triage");
    all["eldercare-triage"] = spread(geras.describe("gb-t-42195").items.map((item) => timed(item.id, () => person.set("gb-t-42195", item.id, item.options[0].code))));
    return all;
  });
  const ms = (time) => `${time.toFixed(2)} ms`;
  const ready = Math.min(...starts);
  t.diagnostic(`ready after ${starts.map(ms).join(", ")}`);
  for (const [id, { median, slowest }] of Object.entries(measured)) t.diagnostic(`${id}: an answer takes ${ms(median)} in the median; the slowest was ${slowest.item}, ${ms(slowest.time)}`);
  assert.ok(ready < 150, ms(ready));
  for (const id of ["gb-t-42195", "mz-t-039", "ltci-disability"]) assert.ok(measured[id].median < 1, `${id}: ${ms(measured[id].median)}`);
});

test("without the word that allows WebAssembly it does not start, so the policy is in force", async () => {
  assert.match(POLICY, /script-src 'self' 'wasm-unsafe-eval';/);
  const strict = await serve(dist, { "/index.html": "<!doctype html><title>policy</title>" }, POLICY.replace(" 'wasm-unsafe-eval'", ""));
  const other = await browser.newPage();
  await other.goto(strict.address);
  const refused = await other.evaluate(() => import("./geras.js").then((geras) => geras.default({ module_or_path: "geras_bg.wasm" })).then(() => "started", (reason) => String(reason)));
  assert.match(refused, /CompileError|unsafe-eval|Content Security Policy/);
  await other.close();
  await strict.close();
});
