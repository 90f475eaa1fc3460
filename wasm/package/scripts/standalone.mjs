// Bundles everything but the module and the definitions into one file, for pages without a bundler; and puts the licence into the package.

import { copyFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const bundle = await rolldown({ input: at("../dist/standalone.js"), platform: "browser" });
await bundle.write({ file: at("../dist/geras-assessment.js"), format: "es", minify: true });
await bundle.close();
copyFileSync(at("../../../LICENSE"), at("../LICENSE"));
