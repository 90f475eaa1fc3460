// Native against Chromium: every shipped case and two thousand made-up sheets, byte for byte; under the strict policy. No expected result stands here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { profile, start } from "./chromium.mjs";
import { nativeAnswers } from "./oracle.mjs";
import { POLICY, serve } from "./site.mjs";

const SHEETS = 2_000;
const dist = fileURLToPath(new URL("../../package/dist/", import.meta.url));
const top = new URL("../../../", import.meta.url);
const shipped = JSON.parse(readFileSync(`${dist}instruments.json`, "utf8"));

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

test("every case and two thousand made-up sheets come to the same bytes in Chromium", async (t) => {
  const each = Math.ceil(SHEETS / shipped.length);
  const counts = { decided: 0, open: 0, refused: 0 };
  const seen = new Set();
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
  });
  for await (const native of nativeAnswers(each)) {
    const file = { path: native.path, text: readFileSync(new URL(native.path, top), "utf8") };
    const here = await page.evaluate(([file, name, records, accounts]) => window.compare(file, name, records, accounts), [file, native.name, native.records, native.accounts]);
    assert.equal(here.description, native.description, native.name);
    assert.equal(here.lines.length, native.lines.length);
    native.lines.forEach((line, place) => {
      assert.equal(here.lines[place], line, `${native.name}: ${native.records[place]}`);
      counts[JSON.parse(line).status ?? "refused"] += 1;
    });
    native.accounts.forEach(({ text, sheet }, place) => assert.equal(here.told[place], text, `${native.name}: ${sheet}`));
    seen.add(native.name);
  }
  t.diagnostic(`${seen.size} definitions: ${counts.decided} sheets decided, ${counts.open} open, ${counts.refused} refused`);
  assert.deepEqual([...seen].sort(), shipped.map(({ id, edition }) => `${id}@${edition}`).sort(), "there are cases of every shipped definition");
  for (const [how, count] of Object.entries(counts)) assert.ok(count > SHEETS / 20, `${count} sheets are ${how}: they prove little`);
});

test("the list is ready at once, and an answer is scored within a few milliseconds", async (t) => {
  const measured = await page.evaluate(async () => {
    const { load } = await import("./index.js");
    const [module, instruments] = await Promise.all(["geras_bg.wasm", "instruments.json"].map((file) => fetch(file).then((response) => response.arrayBuffer())));
    const start = performance.now();
    const geras = await load({ module, instruments: JSON.parse(new TextDecoder().decode(instruments)) });
    const listed = geras.list().length;
    const ready = performance.now() - start;
    const proving = performance.now();
    const description = geras.describe("gb-t-42195");
    const proved = performance.now() - proving;
    const sheet = geras.start("gb-t-42195", { date: description.effective.from });
    const times = [];
    for (let round = 0; round < 4; round++) {
      for (const item of description.items) {
        const before = performance.now();
        sheet.set(item.id, item.options[round % item.options.length].code);
        times.push(performance.now() - before);
      }
    }
    times.sort((one, other) => one - other);
    return { listed, ready, proved, median: times[Math.floor(times.length / 2)], slowest: times.at(-1) };
  });
  const ms = (time) => `${time.toFixed(2)} ms`;
  t.diagnostic(`${measured.listed} listed after ${ms(measured.ready)}; GB/T 42195 proved in ${ms(measured.proved)}; an answer: median ${ms(measured.median)}, slowest ${ms(measured.slowest)}`);
  // The aims are 150 ms and 1 ms; a loaded machine may take a few times as long.
  assert.ok(measured.ready < 1000, ms(measured.ready));
  assert.ok(measured.median < 5, ms(measured.median));
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
