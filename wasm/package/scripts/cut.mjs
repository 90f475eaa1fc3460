// Cuts from a compiled module what nobody can hear or reach: what a panic would say, since the module has nowhere to say it and stops in any case, and functions of Rhai
// that neither an expression nor a script can come to. Each cut function stops the module, as a panic does. Changes no other function.

import { writeFileSync } from "node:fs";
import { code, isCode, module, whole } from "./module.mjs";

const [, , path] = process.argv;
const { bodies, names, segments, sections } = module(path);

/** Where the standard library and its like stop: each is called where nothing is left but to stop. */
const PANICS = [
  /^core\b.*::panicking::/,
  /^(core|alloc|thin_vec)\b.*::(unwrap_failed|expect_failed|\w+_fail|capacity_overflow|handle_error|handle_alloc_error)(::h\w+)?$/,
  /^core\b.*::(panic_already_borrowed|panic_already_mutably_borrowed|panic_on_ord_violation)$/,
  /^<(alloc|hashbrown)\b.*>::(\w+::assert_failed|capacity_overflow)$/,
  /^std\b.*::panicking::(panic_with_hook|panic_handler::\{closure#0\})$/,
];

/**
 * Rhai's own operators, all of which `script/dictionary.rs` replaces; its `switch`, which `script/inspect.rs` and `expression/syntax/words.rs` refuse before Rhai reads on; what
 * only `catch` calls, which they refuse too; and how it shows its own syntax tree, which it does in panics alone.
 */
const NEVER = [
  /^rhai::packages::arithmetic::(arith_basic|decimal_functions)::/,
  /^rhai::parser::.*::parse_switch::/,
  /^rhai::types::error::EvalAltResult::dump_fields::/,
  /^<rhai::(ast|types::token|types::dynamic|types::parse_error|types::position::Span|func|eval)\b.* as core::fmt::Debug>::fmt::/,
];

/** A function that does nothing but stop: no variables, `unreachable`, `end`. */
const STOP = Buffer.from([0, 0, 0x0b]);

let saved = 0;
const cut = bodies.map((body, place) => {
  const name = names[place];
  if (![...PANICS, ...NEVER].some((pattern) => pattern.test(name))) return body;
  saved += body.length - STOP.length;
  return STOP;
});
for (const pattern of [...PANICS, ...NEVER]) {
  if (!names.some((name) => pattern.test(name))) throw new Error(`nothing in the module is called like ${pattern}: see what became of it`);
}

/** What is in memory from this address on. */
function memory(address, length) {
  const segment = segments.find((one) => one.address <= address && address + length <= one.address + one.bytes.length);
  return segment?.bytes.subarray(address - segment.address, address - segment.address + length) ?? Buffer.alloc(0);
}

/** The longest path of a source file, and the last of its lines and columns, that are taken for one. */
const MOST = { path: 250, line: 50_000, column: 500 };
// Where in the source each panic stands: the address and length of the path, the line, the column. Only panics read it, and the paths.
const places = [];
for (const { address, bytes } of segments) {
  for (let at = -address & 3; at + 16 <= bytes.length; at += 4) {
    const [from, length, line, column] = [0, 4, 8, 12].map((more) => bytes.readUInt32LE(at + more));
    if (length > MOST.path || line === 0 || line > MOST.line || column === 0 || column > MOST.column) continue;
    const file = memory(from, length);
    if (file.subarray(-3).toString("latin1") === ".rs") places.push(file, bytes.subarray(at, at + 16));
  }
}
for (const place of places) place.fill(0);

writeFileSync(path, whole(sections.map((section) => (isCode(section) ? code(cut) : section.bytes))));
console.log(`cut what nobody can hear or reach: ${saved} bytes of functions, ${places.length / 2} places in source files`);
