// Prints what the module costs on the way to a browser, and fails when that is over the limit.

import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const LIMIT = 600_000;
const AIM = 450_000;
const bytes = readFileSync(new URL("../dist/geras_bg.wasm", import.meta.url));
const gzip = gzipSync(bytes, { level: 9 }).length;
console.log(`geras_bg.wasm: ${bytes.length} bytes, ${gzip} gzip (limit ${LIMIT}, aim ${AIM}), ${brotliCompressSync(bytes).length} brotli`);
if (gzip > LIMIT) {
  console.error("the module is over its limit: see what was added, and whether the browser needs it");
  process.exit(1);
}
