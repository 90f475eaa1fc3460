// The npm package as it would be published: what is in it, that Node can use it, and the example pages under the strict policy.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { rolldown } from "rolldown";
import { profile, start } from "./chromium.mjs";
import { serve } from "./site.mjs";

const home = fileURLToPath(new URL("../../package/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "geras-package-"));
let site, people, browser;

/** A worker that takes a second for each call, and thrice as long for the network. */
const SLOW = `
  let last = Promise.resolve();
  const after = (time) => new Promise((done) => setTimeout(done, time));
  onmessage = ({ data: { id, call } }) => (last = last.then(async () => {
    if (call === "load") { postMessage({ id, fetching: true }); await after(3000); }
    await after(1000);
    postMessage({ id, value: [call] });
  }));`;

before(async () => {
  const vue = readFileSync(join(createRequire(import.meta.url).resolve("vue/package.json"), "../dist/vue.runtime.esm-browser.prod.js"));
  site = await serve(home, { "/vue.js": vue, "/silent.js": "onmessage = () => { for (;;); };", "/slow.js": SLOW, "/examples/react.bundle.js": await bundled(join(home, "examples/react.js")) });
  people = profile();
  browser = await start(people.folder);
});
after(async () => {
  await browser?.close();
  await site?.close();
  people?.remove();
  rmSync(folder, { recursive: true });
});

/** An example as a bundler makes it. */
async function bundled(input) {
  const bundle = await rolldown({ input, platform: "browser", transform: { define: { "process.env.NODE_ENV": '"production"' } } });
  const { output } = await bundle.generate({ format: "es", minify: true });
  await bundle.close();
  return output[0].code;
}

/** A page that keeps what the policy has forbidden. */
async function watched(path) {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(`${site.address}${path}`);
  return page;
}

test("what would be published is what is needed, and Node can use it from there", () => {
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: home, encoding: "utf8" }));
  const paths = packed.files.map(({ path }) => path);
  const needed = ["LICENSE", "README.md", "package.json", "dist/index.js", "dist/index.d.ts", "dist/geras.js", "dist/geras_bg.wasm", "dist/instruments.json", "dist/worker.js", "dist/element/index.js", "dist/geras-assessment.js", "dist/shapes/sheet.d.ts"];
  for (const path of needed) assert.ok(paths.includes(path), `${path} is missing`);
  for (const path of paths) assert.match(path, /^(dist|examples)\/|^(LICENSE|README\.md|package\.json)$/);
  execFileSync("tar", ["xzf", join(folder, packed.filename)], { cwd: folder });
  const program = `
    import { load } from ${JSON.stringify(new URL("package/dist/index.js", `file://${folder}/`).href)};
    const geras = await load();
    const assessment = geras.start("gb-t-42195", { id: "li", date: "2024-05-14" });
    const state = assessment.set("coma", true);
    console.log(JSON.stringify([state.line.grade, state.changed.results.includes("grade"), assessment.account(["en"]).explanation.at(-1).text.en, geras.list().length > 1]));
    try { geras.start("gb-t-42195", { answers: { eating: "swallows" } }); } catch (refused) { console.log(refused.name, refused.problems[0].problem); }
    try { geras.describe("no-such"); } catch (refused) { console.log(refused.name); }`;
  writeFileSync(join(folder, "use.mjs"), program);
  const [line, refused, unknown] = execFileSync("node", [join(folder, "use.mjs")], { encoding: "utf8" }).trim().split("\n");
  assert.deepEqual(JSON.parse(line), ["complete", true, "Ability level: Complete loss of ability.", true]);
  assert.equal(refused, "SheetRefused unknown-option");
  assert.equal(unknown, "NoInstrument");
});

for (const example of ["plain", "vue"]) {
  test(`the example ${example}.html works under the strict policy`, async () => {
    const page = await watched(`examples/${example}.html`);
    await page.locator("geras-assessment .step").last().click();
    await page.locator("#item-coma label.option").nth(1).click();
    await page.locator("output", { hasText: "complete" }).waitFor();
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    await page.close();
  });
}

test("the example react.html: two forms on one page, under the strict policy, know nothing of each other", async () => {
  const page = await watched("examples/react.html");
  const [first, second] = [page.locator(".first"), page.locator(".second")];
  for (const one of [first, second]) await one.locator("geras-assessment .body h2").waitFor();
  await first.locator("geras-assessment .step").last().click();
  await first.locator("#item-coma label.option").nth(1).click();
  await first.locator("output", { hasText: "complete" }).waitFor();
  assert.equal(await second.locator("output").textContent(), "open");
  const answers = (one) => one.locator("geras-assessment").evaluate((form) => form.answers);
  assert.deepEqual([await answers(first), await answers(second)], [{ coma: true }, {}]);
  // The second one goes its own way, and the first stays as it was.
  await second.locator("geras-assessment .step").last().click();
  await second.locator("#item-coma label.option").nth(0).click();
  await page.waitForFunction(() => document.querySelectorAll("geras-assessment")[1].answers.coma === false);
  assert.deepEqual([await answers(first), await first.locator("output").textContent()], [{ coma: true }, "complete"]);
  const accent = (one) => one.locator("geras-assessment .step").first().evaluate((step) => getComputedStyle(step).getPropertyValue("--geras-accent").trim());
  assert.deepEqual([await accent(first), await accent(second)], ["#5b2a86", "#00695c"]);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  await page.close();
});

test("an engine that hangs is stopped and told, and the one in its place knows the use that was set", async () => {
  const page = await watched("examples/plain.html");
  const seen = await page.evaluate(async () => {
    const { EngineWorker, EngineStopped } = await import("../dist/geras-assessment.js");
    const workers = [];
    let hangs = false;
    const worker = () => {
      const made = new Worker(hangs ? "/silent.js" : "/dist/worker.js", { type: "module" });
      workers.push(made);
      return made;
    };
    const engine = new EngineWorker({ worker, limit: 4000 });
    const listed = await engine.list();
    const other = listed.find(({ licence }) => licence.class === "free_noncommercial").id;
    await engine.useFor("commercial");
    const refused = await engine.start(other, {}, "en").then(() => "taken", ({ name }) => name);
    engine.stop();
    hangs = true;
    const start = performance.now();
    const stopped = await engine.describe("gb-t-42195").then(() => "answered", (reason) => reason instanceof EngineStopped);
    const waited = performance.now() - start;
    hangs = false;
    const { id } = await engine.describe("gb-t-42195");
    const again = await engine.start(other, {}, "en").then(() => "taken", ({ name }) => name);
    engine.stop();
    return { refused, stopped, waited, id, again, workers: workers.length };
  });
  assert.deepEqual([seen.refused, seen.stopped, seen.id, seen.again, seen.workers], ["SheetRefused", true, "gb-t-42195", "SheetRefused", 3]);
  assert.ok(seen.waited < 8000, `${seen.waited} ms`);
  await page.close();
});

test("the time limit of a call leaves out what it waits for: the network and earlier calls", async () => {
  const page = await watched("examples/plain.html");
  const seen = await page.evaluate(async () => {
    const { EngineWorker } = await import("../dist/geras-assessment.js");
    const engine = new EngineWorker({ worker: () => new Worker("/slow.js"), limit: 2500 });
    const calls = [engine.list(), engine.describe("a"), engine.describe("b"), engine.pathways(), engine.check({ path: "c.yaml", text: "" })];
    const told = await Promise.all(calls.map((call) => call.then(String, (reason) => `${reason}`)));
    engine.stop();
    return told;
  });
  assert.deepEqual(seen, ["load", "describe", "describe", "pathways", "check"]);
  await page.close();
});
