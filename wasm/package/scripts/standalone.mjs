// Bundles the web component with Lit into one file, for pages without a bundler. The engine stays a file of its own beside it.

import { fileURLToPath } from "node:url";
import { build } from "vite";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
await build({
  configFile: false,
  logLevel: "warn",
  root: at(".."),
  build: {
    outDir: at("../dist"),
    emptyOutDir: false,
    target: "es2022",
    lib: { entry: at("../dist/element/index.js"), formats: ["es"], fileName: () => "geras-assessment.js" },
    rolldownOptions: { external: [/\/(index|worker-client)\.js$/, /geras\.js$/].map((end) => (id) => end.test(id) && !id.includes("element")) && [] },
  },
});
