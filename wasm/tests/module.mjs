// Loads the built module in Node, and names the native command line. Builds nothing: `cargo xtask wasm` does.

import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const top = new URL("../../", import.meta.url);
const dist = new URL("wasm/package/dist/", top);

/** The exports of the module, ready for use. */
export async function load() {
  const geras = await import(new URL("geras.js", dist).href);
  geras.initSync({ module: readFileSync(new URL("geras_bg.wasm", dist)) });
  return geras;
}

/** The shipped definitions of instruments, as path and text. */
export function definitions() {
  return allDefinitions().filter(({ text }) => !/^pathway:/m.test(text));
}

/** The shipped definitions, those of pathways among them. */
export function allDefinitions() {
  return filesOf("instruments/").filter(({ path }) => !/\.(cases|carry)\.yaml$/.test(path));
}

/** All YAML files of a folder. */
export function filesOf(folder) {
  const paths = readdirSync(new URL(folder, top), { recursive: true }).map((path) => `${folder}${path.replaceAll("\\", "/")}`);
  return paths.filter((path) => path.endsWith(".yaml")).sort().map((path) => ({ path, text: fileOf(path) }));
}

/** A tree of these definitions. */
export function tree(Geras, files) {
  return Geras.from_files(JSON.stringify(files));
}


const binary = process.env.GERAS_NATIVE ?? fileURLToPath(new URL("target/debug/geras", top));

/** The standard output of the native `geras` with these arguments. Findings are no failure. */
export function native(...words) {
  const ended = spawnSync(binary, words, { cwd: fileURLToPath(top), encoding: "utf8", maxBuffer: 1 << 28 });
  if (ended.status !== 0 && ended.status !== 1) throw new Error(`geras ${words.join(" ")}: ${ended.error ?? ended.stderr}`);
  return ended.stdout;
}

/** A file of the repository. */
export function fileOf(path) {
  return readFileSync(new URL(path, top), "utf8");
}
