// The whole interface of the built npm package, used from Node as an integrator would: instruments, pathways, a site's words, answers carried over, then and now. The same
// bytes as the native build are other tests' to prove.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { Geras, NoInstrument, SheetRefused, load } from "../../package/dist/index.js";

const top = new URL("../../../", import.meta.url);
const file = (path) => ({ path, text: readFileSync(new URL(path, top), "utf8") });
let geras;
before(async () => (geras = await load()));

const li = { id: "li", date: "2024-05-14" };
const errors = (faults) => faults.filter(({ severity }) => severity === "error").map(({ name }) => name);

test("instruments and pathways are listed, each with what it takes to choose one", () => {
  const [instruments, pathways] = [geras.list(), geras.pathways()];
  assert.ok(instruments.length > 50 && instruments.every(({ id, title, domain, hash }) => id && title.en && title.zh && domain && hash.length === 64));
  const triage = pathways.find(({ id }) => id === "eldercare-triage");
  assert.ok(triage.instruments.includes("gb-t-42195") && triage.title.zh && triage.hash.length === 64);
  assert.ok(pathways.some(({ extends: bases }) => bases.some((base) => base.startsWith("cn/eldercare-triage@"))), "a place extends the pathway of the country");
  assert.ok(geras.file("gb-t-42195", "2022").text.includes("instrument: gb-t-42195"));
  assert.ok(geras.file("eldercare-triage", triage.edition).text.includes("pathway: eldercare-triage"));
  assert.equal(geras.file("gb-t-42195", "1066"), undefined);
});

test("a person on a pathway is routed as soon as the answers suffice, and told why", () => {
  const person = geras.startPathway("eldercare-triage", { id: "lin", date: "2026-03-02" });
  const opened = person.state();
  assert.equal(opened.line.status, "open");
  assert.deepEqual(opened.changed.results, []);
  const need = (state) => Object.fromEntries(state.assessments.map(({ instrument, need }) => [instrument, need]));
  assert.equal(need(opened)["gb-t-42195"], "wanted");
  const coma = person.set("gb-t-42195", "coma", true);
  assert.deepEqual([need(coma)["gb-t-42195"], coma.line.instruments["gb-t-42195"].grade], ["begun", "complete"]);
  assert.ok(coma.changed.results.includes("instruments.gb-t-42195"), coma.changed.results.join());
  const wrong = person.set("gb-t-42195", "eating", "swallows");
  assert.deepEqual([wrong.problems[0].item, wrong.problems[0].problem], ["gb-t-42195.eating", "unknown-option"]);
  assert.deepEqual(wrong.line, coma.line, "a refused answer changes nothing");
  assert.deepEqual(person.set("no-such", "eating", "alone").problems.map(({ problem }) => problem), ["unknown-item"]);
  assert.equal(person.set(null, "age", "many").problems[0].item, "age");
  const away = person.set(null, "gb-t-42195", { absent: "refused" });
  assert.equal(need(away)["gb-t-42195"], "absent");
  const back = person.set(null, "gb-t-42195", { coma: true });
  assert.deepEqual(back.line.instruments, coma.line.instruments);
  const none = person.clear("gb-t-42195", "coma");
  assert.equal(need(none)["gb-t-42195"], "wanted", "an instrument without an answer is not begun");
  assert.deepEqual(none.line, opened.line);
  person.close();
});

test("a whole person comes to the care setting that her case expects, by every door", () => {
  const sheet = readFileSync(new URL("examples/people/06-zhou.yaml", top), "utf8");
  const account = geras.assessPathway("eldercare-triage", sheet, ["zh", "en"]);
  assert.equal(account.line?.setting ?? account.setting, "institution");
  assert.ok(account.report.zh.headline[0].length > 0 && account.report.en.chapters.length > 2);
  assert.ok(account.definitions.some(({ id }) => id === "gb-t-42195"));
  const refused = geras.assessPathway("eldercare-triage", { answers: { "gb-t-42195": { eating: "swallows" } } }, ["en"]);
  assert.equal(refused.problems[0].item, "gb-t-42195.eating");
  assert.throws(() => geras.startPathway("eldercare-triage", { answers: { age: "many" } }), SheetRefused);
  assert.throws(() => geras.startPathway("no-such"), NoInstrument);
  assert.equal(geras.describePathway("eldercare-triage").care_settings.length, 4);
});

test("an instrument of a pathway that is answered twice is refused, not merged", () => {
  assert.throws(() => geras.startPathway("eldercare-triage", { answers: { "gb-t-42195": { coma: true }, "cn/gb-t-42195": { coma: false } } }), SheetRefused);
});

test("a pathway's text is checked and its cases run against the instruments that it names", () => {
  const own = file("instruments/cn/eldercare-triage/2026.yaml");
  const cases = file("instruments/cn/eldercare-triage/2026.cases.yaml");
  assert.deepEqual(errors(geras.checkPathway(own)), []);
  const report = geras.testPathway(own, cases);
  assert.ok(report.results.length > 20 && report.results.every(({ passed }) => passed));
  const broken = { ...own, text: own.text.replace("instrument: gb-t-42195", "instrument: gb-t-42915") };
  assert.ok(errors(geras.checkPathway(broken)).length > 0);
  assert.deepEqual(geras.testPathway(broken, cases).results, []);
  const alone = geras.startPathway({ ...own, path: "mine.yaml" });
  assert.equal(alone.state().line.status, "open");
  alone.close();
});

test("answers to one instrument serve another, as far as they determine it", () => {
  const answered = { ...li, answers: { eating: "independent", bathing: "dependent", falls: 2 } };
  const filled = geras.carry("gb-t-42195", "mz-t-039", answered);
  assert.match(filled.instrument, /^mz-t-039@/);
  assert.ok(Object.keys(filled.carried).length > 0 && Object.values(filled.carried).every(({ from }) => from.startsWith("gb-t-42195@")));
  // What came over is a sheet that can be gone on with.
  const { instrument: _, ...sheet } = filled;
  const going = geras.start("mz-t-039", sheet);
  assert.deepEqual(going.state().problems, []);
  going.close();
  const item = Object.keys(filled.carried)[0];
  const other = geras.describe("mz-t-039").items.find(({ id }) => id === item).options.find(({ code }) => code !== filled.answers[item]).code;
  const clash = geras.carry("gb-t-42195", "mz-t-039", answered, { ...li, answers: { [item]: other } });
  assert.ok(clash.problems.some(({ problem }) => problem === "carried-contradicts"), JSON.stringify(clash.problems));
  assert.throws(() => geras.carry("phq9", "mz-t-039", { answers: {} }), /nothing says how answers to `phq9@/);
  assert.throws(() => geras.carry("no-such", "mz-t-039", {}), NoInstrument);
});

test("an account beside an earlier one says what has moved and why", () => {
  const then = geras.assess("gb-t-42195", { id: "li", date: "2024-05-14", answers: { coma: false, eating: "independent" } }, ["en"]);
  const now = geras.assessSince("gb-t-42195", { id: "li", date: "2025-05-14", answers: { coma: true, eating: "independent" } }, then, ["en", "zh"]);
  const grade = now.change.moved.find(({ of }) => of === "grade");
  assert.deepEqual([grade.after, grade.cause], ["complete", "answers"]);
  assert.ok(grade.text.zh.length > 0 && now.change.same_person);
  const other = geras.assessSince("gb-t-42195", { id: "wang", date: "2025-05-14", answers: {} }, then, ["en"]);
  assert.deepEqual(other.problems.map(({ problem }) => problem), ["other-person"]);
  for (const torn of ["", "{", JSON.stringify(then).slice(0, 500), "[]", '{"problems": []}']) {
    assert.deepEqual(geras.assessSince("gb-t-42195", { ...li, answers: {} }, torn, ["en"]).problems.map(({ problem }) => problem), ["previous-unreadable"], torn.slice(0, 20));
  }
});

test("what an instrument is used for decides whether it may be", async () => {
  const own = await load();
  const listed = own.list().find(({ licence }) => licence.class === "free_noncommercial");
  const began = own.start(listed.id);
  began.close();
  own.useFor("commercial");
  assert.throws(() => own.start(listed.id), (refused) => refused instanceof SheetRefused && refused.problems[0].problem === "use-not-allowed");
  own.useFor("clinical");
  own.start(listed.id).close();
  assert.throws(() => own.useFor("fun"), /a use is one of/);
  assert.doesNotThrow(() => own.start(listed.id).close(), "a use that does not exist changes nothing");
});

test("a site's words stand in the description, and the rules stay as they were", async () => {
  const own = await load();
  const before = own.describe("gb-t-42195");
  const [item] = before.items;
  const options = item.options.map(({ code }) => `      "${code}": {label: {zh: 院内 ${code}, en: Ours ${code}}}`).join("\n");
  const others = before.items.slice(1).concat(before.inputs).map(({ id }) => id);
  assert.ok(others.length > 0);
  const texts = (name) => ({ path: "site/2022.texts.yaml", text: `texts_for: ${name}\norigin: Agreement 7\nlanguages: [zh, en]\nitems:\n  ${item.id}:\n    text: {zh: 院内用语, en: Our words}\n    options:\n${options}\n` });
  const faults = own.putTexts(texts("gb-t-42195@2022"));
  assert.deepEqual(errors(faults), [], JSON.stringify(faults));
  const after = own.describe("gb-t-42195");
  assert.deepEqual([after.items[0].text.zh, after.items[0].options[0].label.en], ["院内用语", `Ours ${item.options[0].code}`]);
  assert.equal(after.hash, before.hash);
  assert.deepEqual(errors(own.putTexts(texts("gb-t-42915@2022"))), ["unknown-name"]);
  assert.ok(errors(own.putTexts({ path: "a.texts.yaml", text: "[" })).length > 0);
  assert.equal(own.describe("gb-t-42195").items[0].text.zh, "院内用语", "what is refused changes nothing");
  own.replace([]);
  assert.throws(() => own.describe("gb-t-42195"), NoInstrument);
});

test("two engines in one page know nothing of each other", async () => {
  const [one, other] = [await load(), await load({ instruments: [] })];
  assert.ok(one.list().length > 50);
  assert.deepEqual(other.list(), []);
  one.useFor("commercial");
  assert.deepEqual(errors(Geras.check({ path: "a.yaml", text: "[" })).length > 0, true);
});
