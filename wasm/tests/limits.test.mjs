// What hostile or mistaken input does to the module: a diagnostic, a problem or a thrown Error, within a second, and never a trap.

import assert from "node:assert/strict";
import { test } from "node:test";

import { allDefinitions, definitions, fileOf, load, tree } from "./module.mjs";

const { Geras } = await load();
const geras = tree(Geras, definitions().filter(({ path }) => path.includes("gb-t-42195")));

// A module that has trapped once answers nothing any more.
const stillThere = () => assert.match(geras.batch_line("gb-t-42195", '{"id": 1, "answers": {}}'), /"status":"open"/);

/** The names of what is found in a definition, and how long it took in seconds. */
function found(text) {
  const start = performance.now();
  const names = JSON.parse(Geras.check("made-up.yaml", text)).map(({ name }) => name);
  return { names, seconds: (performance.now() - start) / 1000 };
}

/** A small sound definition with this script as its second score. */
const withScript = (code) => `
instrument: made-up
edition: "1"
effective: {from: 2024-01-01}
jurisdiction: INTL
domain: function
languages: [en]
title: {en: Made up}
source: {title: An example}
licence: {class: public_domain, wording: own}
provenance: {status: recalled}
direction: higher_is_worse
missing: refuse
sections:
  - id: daily
    title: {en: Daily life}
    items:
      - {id: eating, text: {en: Eating}, options: [{code: alone, points: 0, label: {en: Alone}}, {code: fed, points: 5, label: {en: Fed}}]}
inputs:
  - {id: falls, type: integer, range: [0, 20], text: {en: Falls}}
scores:
  total: {sum: daily, range: [0, 5]}
  risk:
    script:
      reads: [falls]
      code: |
${code.split("\n").map((line) => `        ${line}`).join("\n")}
    range: [0, 20]
`;

test("a script that ends is taken", () => {
  assert.deepEqual(found(withScript("let n = 0;\nwhile n < falls { n += 1; }\nn")).names, []);
});

const endless = {
  "a loop without an end": "loop { }",
  "a loop that only some answers keep going": "let n = 0;\nwhile n <= falls { n -= 1; }\nn",
  "a function that calls itself": "fn f(x) { f(x + 1) }\nf(falls)",
  "a list that grows": "let l = [];\nloop { l.push(l); }",
  "a text that grows": 'let t = "ab";\nloop { t += t; }',
};
for (const [what, code] of Object.entries(endless)) {
  test(`${what} is refused within a second`, (t) => {
    const { names, seconds } = found(withScript(code));
    t.diagnostic(`${names.join(", ")}: ${(1000 * seconds).toFixed(0)} ms`);
    assert.ok(names.length > 0);
    assert.ok(names.every((name) => /^(script|rhai|expression|unknown|not-proved|types)/.test(name)), names.join());
    assert.ok(seconds < 1, `${seconds} s`);
    stillThere();
  });
}

test("a text of 10 or 50 MB is refused with a diagnostic", (t) => {
  for (const text of ["# a\n".repeat(2.5e6), fileOf("instruments/cn/gb-t-42195/2022.yaml").repeat(400), "a".repeat(50e6), "- a\n".repeat(12.5e6), "\n".repeat(50e6)]) {
    const { names, seconds } = found(text);
    t.diagnostic(`${names.join(", ")}: ${(1000 * seconds).toFixed(0)} ms`);
    assert.deepEqual(names, ["yaml-limit"]);
  }
  stillThere();
});

test("a sheet of 50 MB is refused with a problem", () => {
  const sheet = JSON.stringify({ id: 1, answers: { eating: "x".repeat(50e6) } });
  assert.equal(JSON.parse(geras.batch_line("gb-t-42195", sheet)).problems[0].problem, "unknown-option");
  assert.ok(JSON.parse(geras.assess("gb-t-42195", `a: ${"x".repeat(50e6)}`)).problems.length > 0);
  stillThere();
});

test("deep nesting is refused, not followed", () => {
  for (const text of ["[".repeat(1e6), "{a: ".repeat(1e5), "- ".repeat(1e5), "? ".repeat(1e5)]) assert.ok(found(text).names.length > 0);
  const deep = (inner) => fileOf("instruments/cn/gb-t-42195/2022.yaml").replace("when: coma", `when: ${inner}`);
  for (const inner of [`${"(".repeat(4000)}coma${")".repeat(4000)}`, `${"!".repeat(4000)}coma`, `coma${" && coma".repeat(4000)}`]) {
    assert.ok(found(deep(inner)).names.length > 0, inner.slice(0, 20));
  }
  assert.ok(found(withScript(`${"{".repeat(3000)}1${"}".repeat(3000)}`)).names.length > 0);
  for (const sheet of [`{"answers":${"[".repeat(1e6)}`, `{"answers":{"eating":${"[".repeat(1e6)}`, `{"answers":{"eating":${'{"a":'.repeat(1e5)}`]) {
    assert.ok(JSON.parse(geras.batch_line("gb-t-42195", sheet)).problems.length > 0);
  }
  assert.throws(() => Geras.from_files("[".repeat(1e6)), Error);
  stillThere();
});

test("an alias bomb is refused", () => {
  const levels = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)} *l${level}]`);
  const { names, seconds } = found(`l0: &l0 [x]\n${levels.join("\n")}\n`);
  assert.ok(names.length > 0);
  assert.ok(seconds < 1, `${seconds} s`);
  stillThere();
});

test("whatever is handed to a pathway is answered with problems", () => {
  const all = Geras.from_files(JSON.stringify(allDefinitions()));
  const hostile = ["", "[", "{}", "[]", "null", "1", "\ud800", "a: b", `a: ${"x".repeat(5e6)}`, `{"answers":${"[".repeat(1e6)}`, '{"answers": {"gb-t-42195": []}}', '{"answers": {"gb-t-42195": {"eating": {"eating": {}}}}}', '{"answers": {"age": 1e400}}', '{"answers": {}, "answers": {}}'];
  for (const sheet of hostile) assert.ok(JSON.parse(all.pathway_line("eldercare-triage", sheet)).problems.length > 0, sheet.slice(0, 40));
  const person = all.start_pathway("eldercare-triage", '{"answers": {}}');
  const before = JSON.parse(person.state()).line;
  for (const value of ["", "{", '"a" "b"', "1}, {", "[".repeat(1e5), "1e400", '"x"']) {
    assert.ok(JSON.parse(person.set(undefined, "age", value)).problems.length > 0, value.slice(0, 40));
    assert.ok(JSON.parse(person.set("gb-t-42195", "eating", value)).problems.length > 0, value.slice(0, 40));
  }
  assert.deepEqual(JSON.parse(person.state()).line, before, "nothing of it was taken");
  person.free();
});

test("halves of characters and control characters are no trap", () => {
  for (const text of ["\ud800", "\u0000", "\ufeff", "a: \u0007", "\u2028"]) {
    found(text);
    Geras.test("a.yaml", text, "a.cases.yaml", text);
    geras.batch_line("gb-t-42195", text);
    geras.assess("gb-t-42195", text);
  }
  stillThere();
});

test("an unknown instrument is thrown, with the nearest one", () => {
  const nearest = /there is no instrument `gb-t-42159`; did you mean `gb-t-42195`\?/;
  assert.throws(() => geras.describe("gb-t-42159"), nearest);
  assert.throws(() => geras.assess("gb-t-42159", "{}"), nearest);
  assert.throws(() => geras.batch_line("gb-t-42159", "{}"), nearest);
  assert.throws(() => geras.describe("gb-t-42195", "2000-01-01"), /no edition of `gb-t-42195` is in force on 2000-01-01/);
  assert.throws(() => geras.describe("gb-t-42195", "yesterday"), /a day is written like 2024-05-14, not `yesterday`/);
  assert.throws(() => Geras.from_files('[{"path": "a.yaml"}]'), /files are a list like/);
});

test("an unsound definition in a tree is left out and told", () => {
  const files = [{ path: "intl/made-up/1.yaml", text: withScript("loop { }") }];
  const tree = Geras.from_files(JSON.stringify(files));
  assert.deepEqual(JSON.parse(tree.list()), []);
  assert.equal(JSON.parse(tree.diagnostics())[0].path, "intl/made-up/1.yaml");
  assert.throws(() => tree.describe("made-up"), /some definitions are not sound/);
});

test("cases run in the module as they do natively", () => {
  for (const path of ["cn/gb-t-42195/2022", "cn/mz-t-039/2013", "de/nba/2017", "fr/aggir/2008", "fr/aggir-adverbes/2008"]) {
    const [definition, cases] = [`instruments/${path}.yaml`, `instruments/${path}.cases.yaml`];
    const report = JSON.parse(Geras.test(definition, fileOf(definition), cases, fileOf(cases)));
    assert.deepEqual(report.diagnostics, []);
    assert.ok(report.results.length > 0 && report.results.every(({ passed }) => passed), path);
    assert.ok(report.coverage.grades.covered > 0);
  }
  const unread = JSON.parse(Geras.test("a.yaml", "[", "a.cases.yaml", "["));
  assert.deepEqual([unread.results, unread.coverage], [[], null]);
  assert.ok(unread.diagnostics.length > 0);
});
