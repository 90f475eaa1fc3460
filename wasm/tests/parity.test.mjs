// Native against browser: the same sheets through the command line and through the module, compared byte for byte. No expected result stands here.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { caseRecords, fileOf, load, native } from "./module.mjs";
import { madeUpSheets } from "./sheets.mjs";

const SHEETS = 500;
const ACCOUNTS = 12;

const { Geras } = await load();
const geras = new Geras();
const instruments = JSON.parse(geras.list());
const folder = mkdtempSync(join(tmpdir(), "geras-parity-"));
after(() => rmSync(folder, { recursive: true }));

const named = ({ id, edition }) => `${id}@${edition}`;
// A batch numbers the lines that it refuses; a line by itself has no number.
const unnumbered = (line) => line.replace(/^\{"line":\d+,/, "{");

/** The lines of the native batch. */
function nativeLines(name, records) {
  const [answers, out] = [join(folder, "in.ndjson"), join(folder, "out.ndjson")];
  writeFileSync(answers, records.map((record) => `${record}\n`).join(""));
  native("batch", name, "--answers", answers, "--out", out, "--lang", "en");
  return readFileSync(out, "utf8").trimEnd().split("\n").map(unnumbered);
}

/** Holds both against each other, and says how many sheets were decided, open and refused. */
function compare(t, name, records) {
  const lines = nativeLines(name, records);
  assert.equal(lines.length, records.length);
  const counts = { decided: 0, open: 0, refused: 0 };
  records.forEach((record, place) => {
    const line = geras.batch_line(name, record);
    assert.equal(line, lines[place], record);
    counts[JSON.parse(line).status ?? "refused"] += 1;
  });
  t.diagnostic(`${name}: ${counts.decided} decided, ${counts.open} open, ${counts.refused} refused`);
  return counts;
}

/** A made-up sheet without the answers that nobody would be asked for, except in one of ten. */
function withoutHidden(name, sheet, place) {
  if (place % 10 === 0) return JSON.stringify(sheet);
  const { problems = [] } = JSON.parse(geras.batch_line(name, JSON.stringify(sheet)));
  for (const { item, problem } of problems) if (problem === "item-hidden") delete sheet.answers[item];
  return JSON.stringify(sheet);
}

test("there are cases of every shipped instrument", () => {
  const files = readdirSync(caseRecords).filter((file) => file.endsWith(".ndjson"));
  assert.deepEqual(files.sort(), instruments.map((one) => `${named(one)}.ndjson`).sort());
});

for (const [place, instrument] of instruments.entries()) {
  const name = named(instrument);

  test(`every case of ${name} comes to the same line`, (t) => {
    const records = readFileSync(join(caseRecords, `${name}.ndjson`), "utf8").trimEnd().split("\n");
    compare(t, name, records);
  });

  test(`${SHEETS} made-up sheets of ${name} come to the same lines`, (t) => {
    const sheets = madeUpSheets(JSON.parse(geras.describe(name)), SHEETS, 4219500 + place);
    const counts = compare(t, name, sheets.map((sheet, place) => withoutHidden(name, sheet, place)));
    for (const [how, count] of Object.entries(counts)) assert.ok(count > SHEETS / 50, `${count} sheets are ${how}: they prove little`);
  });

  test(`${ACCOUNTS} full accounts of ${name} are the same`, () => {
    const sheets = madeUpSheets(JSON.parse(geras.describe(name)), ACCOUNTS, 7700 + place);
    const sheet = join(folder, "sheet.json");
    for (const [place, one] of sheets.entries()) {
      const text = withoutHidden(name, one, place + 1);
      writeFileSync(sheet, text);
      const language = place % 2 === 0 ? "zh" : "en";
      const account = native("assess", name, "--answers", sheet, "--json", "--lang", language);
      assert.equal(`${geras.assess(name, text, [language])}\n`, account);
    }
  });

  test(`the description of ${name} is the same`, () => {
    assert.equal(`${geras.describe(name)}\n`, native("describe", name, "--json"));
  });
}

for (const file of ["gb-t-42195-mrs-li", "mz-t-039-mr-wang", "nba-frau-keller", "aggir-mme-morel"]) {
  test(`the example sheet ${file}, in YAML, comes to the same account in all languages`, () => {
    const path = `examples/answers/${file}.yaml`;
    const id = instruments.map(({ id }) => id).filter((id) => file.startsWith(id))[0];
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
  const tree = Geras.from_files(JSON.stringify(files));
  assert.deepEqual(JSON.parse(tree.list()).map(({ edition }) => edition), ["old", "new"]);
  const editions = ["2020-05-14", "2031-05-14", "1066-10-14"].map((date) => {
    const sheet = JSON.stringify({ id: date, date, answers: {} });
    writeFileSync(join(folder, "sheet.json"), sheet);
    const account = native("--instruments", join(folder, "tree"), "assess", "aggir", "--answers", join(folder, "sheet.json"), "--json", "--lang", "en");
    assert.equal(`${tree.assess("aggir", sheet, ["en"])}\n`, account);
    assert.equal(JSON.parse(tree.batch_line("aggir", sheet)).id, date);
    return JSON.parse(account).definitions?.[0].edition;
  });
  assert.deepEqual(editions, ["old", "new", undefined]);
  assert.equal(JSON.parse(tree.describe("aggir", "2020-05-14")).edition, "old");
});

test("a tree that is handed in gives the same as the shipped one", () => {
  const paths = instruments.map(({ id, edition, jurisdiction }) => `instruments/${jurisdiction.toLowerCase()}/${id}/${edition}.yaml`);
  const other = Geras.from_files(JSON.stringify(paths.map((path) => ({ path, text: fileOf(path) }))));
  assert.equal(other.list(), geras.list());
  assert.equal(other.diagnostics(), geras.diagnostics());
});
