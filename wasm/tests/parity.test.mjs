// Native against the module in Node: example sheets, diagnostics and the choice of an edition, byte for byte. Cases and made-up sheets are compared in a real browser.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { allDefinitions, definitions, fileOf, filesOf, load, native, tree } from "./module.mjs";

const { Geras } = await load();

/** An example's sheet as JSON. The examples are written plainly: a key and a value on each line, two blanks further in for what stands under a key. */
function asJson(path) {
  const whole = {};
  const under = [whole];
  for (const line of fileOf(path).split("\n").filter((line) => /\S/.test(line) && !/^\s*#/.test(line))) {
    const [, blanks, key, written] = /^( *)("?[^":]+"?): *(.*?)(?: +#.*)?$/.exec(line);
    const depth = blanks.length / 2;
    const value = written === "" ? {} : plain(written);
    under[depth][key] = value;
    if (written === "") under[depth + 1] = value;
  }
  return JSON.stringify(whole);
}

/** What stands between the brackets of `[a, b]` and the braces of `{a: b, c: [d, e]}`, part by part. */
function parts(written) {
  return written.slice(1, -1).split(/,(?![^[]*\])/).map((part) => part.trim()).filter(Boolean);
}

function plain(written) {
  const absent = /^\{absent: (\w+)\}$/.exec(written);
  if (absent) return { absent: absent[1] };
  if (written.startsWith("[")) return parts(written);
  if (written.startsWith("{")) return Object.fromEntries(parts(written).map((part) => part.split(": ")).map(([key, value]) => [key, plain(value)]));
  if (written === "true" || written === "false") return written === "true";
  if (/^-?\d+(\.\d+)?$/.test(written)) return Number(written);
  return written.replace(/^"(.*)"$/, "$1");
}

const folder = mkdtempSync(join(tmpdir(), "geras-parity-"));
after(() => rmSync(folder, { recursive: true }));

for (const file of ["gb-t-42195-mrs-li", "mz-t-039-mr-wang", "nba-frau-keller", "aggir-mme-morel"]) {
  test(`the example sheet ${file}, in YAML, comes to the same account in all languages`, () => {
    const path = `examples/answers/${file}.yaml`;
    const of = definitions().filter((one) => file.startsWith(one.path.split("/")[2]));
    const geras = tree(Geras, of);
    const { id } = JSON.parse(geras.list())[0];
    assert.equal(`${geras.assess(id, fileOf(path))}\n`, native("assess", id, "--answers", path, "--json"));
  });
}

test("a broken definition gets the same diagnostics", () => {
  const sound = fileOf("instruments/cn/gb-t-42195/2022.yaml");
  const broken = [sound.replace("from: 90", "from: 91"), sound.replace("id: coma,", "id: comma,"), sound.slice(0, 9000), "[", "\t", "", "甲: 乙\n甲: 丙\n"];
  const path = join(folder, "broken.yaml");
  for (const text of broken) {
    writeFileSync(path, text);
    const told = Geras.check(path, text);
    assert.equal(`${told}\n`, native("check", path, "--json"));
    assert.ok(JSON.parse(told).length > 0, text.slice(0, 40));
  }
});

test("the day decides between two editions in the same way", () => {
  const text = fileOf("instruments/fr/aggir/2008.yaml");
  const from = /effective: \{from: ([-0-9]+)\}/;
  const edition = (name, effective) => text.replace(/^edition: .*$/m, `edition: "${name}"`).replace(from, `effective: {${effective}}`);
  const files = [
    { path: "fr/aggir/old.yaml", text: edition("old", `from: ${text.match(from)[1]}, until: 2029-12-31`) },
    { path: "fr/aggir/new.yaml", text: edition("new", "from: 2030-01-01").replace("points: 2000", "points: 2001") },
  ];
  mkdirSync(join(folder, "tree/fr/aggir"), { recursive: true });
  for (const { path, text } of files) writeFileSync(join(folder, "tree", path), text);
  const both = Geras.from_files(JSON.stringify(files));
  assert.deepEqual(JSON.parse(both.list()).map(({ edition }) => edition), ["old", "new"]);
  const editions = ["2020-05-14", "2031-05-14", "1066-10-14"].map((date) => {
    const sheet = JSON.stringify({ id: date, date, answers: {} });
    writeFileSync(join(folder, "sheet.json"), sheet);
    const account = native("--instruments", join(folder, "tree"), "assess", "aggir", "--answers", join(folder, "sheet.json"), "--json", "--lang", "en");
    assert.equal(`${both.assess("aggir", sheet, ["en"])}\n`, account);
    assert.equal(JSON.parse(both.batch_line("aggir", sheet)).id, date);
    return JSON.parse(account).definitions?.[0].edition;
  });
  assert.deepEqual(editions, ["old", "new", undefined]);
  assert.equal(JSON.parse(both.describe("aggir", "2020-05-14")).edition, "old");
});

test("an answer says what it has changed, and the account is that of the command line", () => {
  const geras = tree(Geras, definitions().filter(({ path }) => path.includes("gb-t-42195")));
  const sheet = geras.start("gb-t-42195", '{"id": "li", "date": "2024-05-14", "answers": {"eating": "independent"}}', "en");
  const opened = JSON.parse(sheet.state());
  assert.deepEqual(opened.line.scores.self_care, { min: 4, max: 32 });
  assert.deepEqual(opened.changed.results, []);
  const coma = JSON.parse(sheet.set("coma", "true"));
  assert.equal(coma.line.grade, "complete");
  assert.ok(coma.changed.results.includes("grade"), coma.changed.results.join());
  const refused = JSON.parse(sheet.set("eating", '"swallows"'));
  assert.deepEqual(refused.problems.map(({ problem }) => problem), ["unknown-option"]);
  assert.deepEqual(refused.line, coma.line, "a refused answer changes nothing");
  for (const value of ["", "{", '"a" "b"', "1}, {", '1,"coma":false']) assert.ok(JSON.parse(sheet.set("falls", value)).problems.length > 0, value);
  const path = join(folder, "filled.json");
  writeFileSync(path, sheet.record());
  assert.equal(`${sheet.account(["zh"])}\n`, native("assess", "gb-t-42195", "--answers", path, "--json", "--lang", "zh"));
  assert.deepEqual(JSON.parse(sheet.clear("coma")).line, opened.line);
});

test("an answer whose question is hidden is set aside and comes back with it", () => {
  const text = fileOf("instruments/cn/gb-t-42195/2022.yaml").replace("- {id: choking,", "- {id: choking, when: falls > 0, otherwise: 0,");
  assert.match(text, /when: falls > 0/);
  const geras = tree(Geras, [{ path: "a.yaml", text }]);
  assert.deepEqual(JSON.parse(geras.diagnostics()).filter(({ severity }) => severity === "error"), []);
  const sheet = geras.start("gb-t-42195", '{"answers": {"falls": 1, "choking": 3}}');
  const without = JSON.parse(sheet.set("falls", "0"));
  assert.deepEqual([without.problems, without.set_aside, without.changed.hidden], [[], ["choking"], ["choking"]]);
  assert.ok(!sheet.record().includes("choking"));
  const hidden = JSON.parse(sheet.set("choking", "2"));
  assert.deepEqual(hidden.set_aside, ["choking"]);
  const again = JSON.parse(sheet.set("falls", "2"));
  assert.deepEqual([again.set_aside, again.changed.shown], [[], ["choking"]]);
  assert.ok(sheet.record().includes('"choking":2'));
});

test("twenty people come to the same account on their pathway, whole and answered one by one", () => {
  const all = Geras.from_files(JSON.stringify(allDefinitions()));
  const people = filesOf("examples/people/").filter(({ path }) => /\/\d\d-/.test(path));
  assert.ok(people.length >= 20, `${people.length} people`);
  for (const { path, text } of people) {
    const account = native("assess", "eldercare-triage", "--answers", path, "--json", "--lang", "zh");
    assert.equal(`${all.assess_pathway("eldercare-triage", text, ["zh"])}\n`, account, path);
    // The same sheet, begun in a browser and put in again without its answers to one instrument, then with them.
    const sheet = all.start_pathway("eldercare-triage", asJson(path));
    const before = JSON.parse(sheet.state());
    assert.deepEqual(before.problems, []);
    for (const { instrument } of before.assessments.filter(({ need }) => need === "begun")) {
      const answers = JSON.parse(sheet.record()).answers[instrument];
      const without = JSON.parse(sheet.clear(undefined, instrument));
      // What is known from elsewhere stays decided; but nobody's grade of ability does.
      assert.notEqual(without.assessments.find((one) => one.instrument === instrument).need, "begun", instrument);
      if (instrument === "gb-t-42195") assert.ok(without.changed.results.length > 0, path);
      for (const [item, value] of Object.entries(answers)) assert.deepEqual(JSON.parse(sheet.set(instrument, item, JSON.stringify(value))).problems, [], item);
      assert.deepEqual(JSON.parse(sheet.state()).line.routing, before.line.routing);
    }
    const record = join(folder, "person.json");
    writeFileSync(record, sheet.record());
    assert.equal(`${sheet.account(["en"])}\n`, native("assess", "eldercare-triage", "--answers", record, "--json", "--lang", "en"));
    sheet.free();
  }
});

test("a pathway's description and the report of its cases are the same", () => {
  const all = Geras.from_files(JSON.stringify(allDefinitions()));
  const pathways = allDefinitions().filter(({ text }) => /^pathway:/m.test(text));
  assert.equal(JSON.parse(all.pathways()).length, pathways.length);
  for (const { path, text } of pathways) {
    const [, , id] = path.split("/");
    assert.equal(`${all.describe_pathway(id)}\n`, native("describe", id, "--json"));
    assert.equal(`${all.check_pathway(path, text)}\n`, native("check", path, "--json"));
    const report = JSON.parse(all.test_pathway(path, text, path.replace(".yaml", ".cases.yaml"), fileOf(path.replace(".yaml", ".cases.yaml"))));
    assert.deepEqual(report.diagnostics, []);
    assert.ok(report.results.length > 5 && report.results.every(({ passed }) => passed), path);
  }
});
