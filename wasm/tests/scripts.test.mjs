// Every operator of scripts on every two kinds of values, and every word that scripts and expressions refuse: the module says what the native build says, byte for byte.
// This is where it would show if a function of Rhai that was cut from the module could be reached after all.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { fileOf, load, native } from "./module.mjs";

const { Geras } = await load();
const folder = mkdtempSync(join(tmpdir(), "geras-scripts-"));
after(() => rmSync(folder, { recursive: true }));

const BASE = fileOf("crates/geras/src/check/base.yaml");
const VALUES = ["7", "2.5", "0", "-3", '"a"', "true", "[1, 2]", "falls", "coma", "eating", "0..3"];
const OPERATORS = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in", "!in"];
const REFUSED = ["**", "<<", ">>", "&", "|", "^", "??", "**=", "<<=", ">>=", "&=", "|=", "^=", "===", "!==", "->", "::", "=>", ":="];
const CHANGES = ["+=", "-=", "*=", "/=", "%=", "="];

/** What both say of a definition with these scripts, each a score of its own. */
function told(name, scripts) {
  const scores = scripts.map((code, place) => {
    const lines = code.split("\n").map((line) => `        ${line}`).join("\n");
    return `  s${place}:\n    script:\n      reads: [falls, coma, eating]\n      code: |\n${lines}\n    range: [-9, 999]\n`;
  });
  return both(name, BASE.replace("bands:", `${scores.join("")}bands:`));
}

function both(name, text) {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, text);
  const ours = Geras.check(path, text);
  assert.equal(`${ours}\n`, native("check", path, "--json"), name);
  return JSON.parse(ours);
}

for (const [place, operator] of OPERATORS.entries()) {
  test(`\`${operator}\` between any two values of a script`, () => {
    const faults = VALUES.flatMap((left) => told(`between-${place}`, VALUES.map((right) => `${left} ${operator} ${right}`)));
    assert.ok(faults.length > 0);
  });
}

for (const [place, operator] of CHANGES.entries()) {
  test(`\`${operator}\` on a variable of any kind`, () => {
    const faults = VALUES.flatMap((left) => told(`change-${place}`, VALUES.map((right) => `let x = ${left};\nx ${operator} ${right};\nx`)));
    assert.ok(faults.length > 0);
  });
}

test("what scripts refuse", () => {
  const words = ["switch falls { 1 => 2, _ => 3 }", "try { 1 } catch { 2 }", "throw 1", "#{a: 1}", "`${falls}`", "'a'", "0x10", "1e3", "1.0e-3", "a?.b", "this", "eval(\"1\")"];
  const more = ["Fn(\"f\")", "call(1)", "curry(1)", "print(1)", "debug(1)", "type_of(1)", "is_def_var(\"x\")", "is_def_fn(\"f\", 1)", "import \"a\"", "export x", "|x| x", "falls.abs()", "[1, 2].len()"];
  const methods = ["[1][0]", "[1][2]", "[1][-1]", "\"abc\"[0]", "5[0]", "5[0..2]", "[1, 2, 3][0..2]", "falls.x", "let a = [1]; a[0] += 2.5; a[0]", "let a = [[1]]; a[0][0] = 2; a[0][0]", "-\"a\"", "!1", "-true"];
  const loops = ["for x in 5 { }", "for x in 0..3 { } 1", "for x in 0..=3 { } 1", "for x in \"abc\" { } 1", "let x = 0; loop { x += 1; if x > 3 { break } } x", "while true { }", "do { } while false; 1"];
  const flow = ["fn f(a) { if a > 3 { return a; } f(a + 1) } f(0)", "fn f(a) { f(a) } f(0)", "return 1", "let x; x", "const X = 1; X = 2; X", "if 1 { 2 }", "min(1, \"a\")", "round(2.5, 99)", "len(5)", "sum([1, true])"];
  const all = [...REFUSED.map((word) => `falls ${word} 2`), ...words, ...more, ...methods, ...loops, ...flow];
  for (const [place, code] of all.entries()) told(`refused-${place}`, [code]);
});

test("what expressions refuse", () => {
  const words = [...REFUSED, ...OPERATORS, ...CHANGES].map((word) => `falls ${word} 2`);
  const more = ["switch falls { 1 => true }", "#{a: 1}", "`a`", "'a'", "0x1", "falls ?? 1", "coma?.x", "falls.x.y", "falls[0]", "[1, 2][0]", "f(1)", "falls.f()", "if coma { true }", "{ 1; 2 }", "let x = 1", "fn f() {}", "(", ")", "\"", "1..2"];
  for (const [place, text] of [...words, ...more].entries()) both(`expression-${place}`, BASE.replace("when: coma,", `when: ${JSON.stringify(text)},`));
});
