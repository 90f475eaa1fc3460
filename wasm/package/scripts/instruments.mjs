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
const text = new Map(files.map((file) => [file.path, file.text]));
const isPathway = ({ text }) => /^pathway:/m.test(text);
const isCarry = ({ path }) => path.endsWith(".carry.yaml");
const isCases = ({ path }) => path.endsWith(".cases.yaml");
const definitions = files.filter((file) => !isCases(file) && !isCarry(file));

/** Whoever opens such a definition waits for its proof. */
const SLOW = 500;

let proofs = 0;
function timed(path, read) {
  const start = performance.now();
  const made = read();
  const took = performance.now() - start;
  if (took > SLOW) console.log(`${path}: ${Math.round(took)} ms`);
  proofs += took;
  return made;
}

const listed = [];
for (const file of definitions.filter((file) => !isPathway(file))) {
  const tree = timed(file.path, () => Geras.from_files(JSON.stringify([file])));
  const [entry] = JSON.parse(tree.list());
  if (!entry) throw new Error(`${file.path} is not sound: ${tree.diagnostics()}`);
  const { hash, items } = JSON.parse(tree.describe(`${entry.id}@${entry.edition}`));
  const carry = text.get(file.path.replace(".yaml", ".carry.yaml"));
  listed.push({ ...entry, hash, items: items.length, ...file, ...(carry === undefined ? {} : { carry }) });
  tree.free();
}
const instruments = listed.length;

// Pathways use instruments and extend each other: they are read together, and each is one of the list with the key `instruments`.
const tree = timed("all pathways", () => Geras.from_files(JSON.stringify(definitions)));
const pathways = JSON.parse(tree.pathways());
for (const file of definitions.filter(isPathway)) {
  const entry = pathways.find(({ id, edition }) => file.path.endsWith(`/${id}/${edition}.yaml`));
  if (!entry) throw new Error(`${file.path} is not sound: ${tree.diagnostics()}`);
  const { hash } = JSON.parse(tree.describe_pathway(`${entry.id}@${entry.edition}`));
  listed.push({ ...entry, hash, ...file });
}
writeFileSync(new URL("instruments.json", dist), JSON.stringify(listed));
writeFileSync(new URL("cases.json", dist), JSON.stringify(Object.fromEntries(files.filter(isCases).map(({ path, text }) => [path, text]))));
console.log(`${instruments} instruments and ${listed.length - instruments} pathways, ${Math.round(proofs)} ms to prove them all`);
