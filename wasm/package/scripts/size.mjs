// Prints what the module costs on the way to a browser, beside what it is wanted to cost, and fails when it has grown beyond what is held.

import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** Wanted at most, of the whole engine with its proofs. It is missed since the proofs came in. */
const LIMIT = 600_000;
/** What it must not grow beyond until it is brought under the limit again. */
const HELD = 649_000;
const bytes = readFileSync(new URL("../dist/geras_bg.wasm", import.meta.url));
const gzip = gzipSync(bytes, { level: 9 }).length;
const missed = gzip > LIMIT ? `, MISSED by ${gzip - LIMIT}` : "";
console.log(`geras_bg.wasm: ${bytes.length} bytes, ${gzip} gzip (limit ${LIMIT}${missed}), ${brotliCompressSync(bytes).length} brotli`);
if (gzip > HELD) {
  console.error(`the module has grown beyond ${HELD} bytes: see what was added, and whether the browser needs it`);
  process.exit(1);
}
