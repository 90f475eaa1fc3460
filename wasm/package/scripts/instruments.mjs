// Writes dist/instruments.json and dist/cases.json: the shipped tree with what it takes to list it. The module proves every definition on the way.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { Geras, initSync } from "../dist/geras.js";

const top = new URL("../../../", import.meta.url);
const dist = new URL("../dist/", import.meta.url);
initSync({ module: readFileSync(new URL("geras_bg.wasm", dist)) });

const paths = readdirSync(new URL("instruments/", top), { recursive: true })
  .map((path) => `instruments/${path.replaceAll("\\", "/")}`)
  .filter((path) => path.endsWith(".yaml"))
  .sort();
const files = paths.map((path) => ({ path, text: readFileSync(new URL(path, top), "utf8") }));
const isPathway = ({ text }) => /^pathway:/m.test(text);
const isCarry = ({ path }) => path.endsWith(".carry.yaml");
const isCases = ({ path }) => path.endsWith(".cases.yaml");

/** Whoever opens such a definition waits for its proof. */
const SLOW = 500;

const listed = [];
let proofs = 0;
for (const file of files.filter((file) => !isCases(file) && !isCarry(file) && !isPathway(file))) {
  const start = performance.now();
  const tree = Geras.from_files(JSON.stringify([file]));
  const [entry] = JSON.parse(tree.list());
  if (!entry) throw new Error(`${file.path} is not sound: ${tree.diagnostics()}`);
  const took = performance.now() - start;
  if (took > SLOW) console.log(`${file.path}: ${Math.round(took)} ms`);
  proofs += took;
  const { hash, items } = JSON.parse(tree.describe(`${entry.id}@${entry.edition}`));
  listed.push({ ...entry, hash, items: items.length, ...file });
  tree.free();
}
writeFileSync(new URL("instruments.json", dist), JSON.stringify(listed));
writeFileSync(new URL("cases.json", dist), JSON.stringify(Object.fromEntries(files.filter(isCases).map(({ path, text }) => [path, text]))));
console.log(`${listed.length} definitions, ${Math.round(proofs)} ms to prove them all`);
