/** How the app is built: relative addresses, the engine's files beside the page, and a service worker that knows every file. */

import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const engine = join(import.meta.dirname, "../package/dist");
const out = join(import.meta.dirname, "dist");

/** Copies what the engine needs, then writes the service worker for exactly these files. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    // The package names these for pages that say nothing else; the app names its own, which keep their plain names.
    generateBundle(_options, bundle) {
      for (const name of Object.keys(bundle)) if (/\/(geras_bg-.*\.wasm|instruments-.*\.json|worker-.*\.js)$/.test(name)) delete bundle[name];
    },
    closeBundle() {
      for (const file of ["geras_bg.wasm", "instruments.json", "cases.json"]) copyFileSync(join(engine, file), join(out, file));
      const files = readdirSync(out, { recursive: true }).map((file) => String(file).replaceAll("\\", "/")).filter((file) => statSync(join(out, file)).isFile() && file !== "sw.js").sort();
      const sum = createHash("sha256");
      for (const file of files) sum.update(file).update(readFileSync(join(out, file)));
      const list = ["./", ...files.filter((file) => file !== "index.html")];
      const worker = readFileSync(join(import.meta.dirname, "src/sw.js"), "utf8");
      writeFileSync(join(out, "sw.js"), worker.replace("__VERSION__", sum.digest("hex").slice(0, 16)).replace("__FILES__", JSON.stringify(list)));
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [offline()],
  worker: { format: "es" },
  build: { target: "es2022", outDir: "dist", modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
});
