// Writes the TypeScript types of every shape from the JSON Schemas, which come from the Rust types. No shape is typed by hand.

import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileFromFile } from "json-schema-to-typescript";

const schemas = fileURLToPath(new URL("../../../instruments/schema/", import.meta.url));
const shapes = fileURLToPath(new URL("../src/shapes/", import.meta.url));

rmSync(shapes, { recursive: true, force: true });
mkdirSync(shapes, { recursive: true });
const names = {
  answers: "AnswerSheet",
  carried: "Carried",
  describe: "Description",
  diagnostics: "Diagnostics",
  line: "Line",
  list: "List",
  outcome: "Account",
  "pathway-describe": "PathwayDescription",
  "pathway-list": "PathwayList",
  "pathway-line": "PathwayBatchLine",
  "pathway-outcome": "PathwayAccount",
  "pathway-sheet": "PathwaySheet",
  proof: "Proof",
  report: "Report",
  sheet: "Sheet",
};
for (const file of readdirSync(schemas).sort()) {
  const kind = file.replace(".schema.json", "");
  if (!(kind in names)) continue;
  const text = await compileFromFile(schemas + file, {
    additionalProperties: false,
    bannerComment: `/* The shape \`${kind}\`, made from instruments/schema/${file}. Not to be edited. */`,
    customName: (schema, key) => (schema.$id?.startsWith("urn:geras") ? names[kind] : key),
    format: false,
  });
  writeFileSync(`${shapes}${kind}.ts`, text);
}

// The types of the module's own side, where the sources look for them.
copyFileSync(new URL("../dist/geras.d.ts", import.meta.url), new URL("../src/geras.d.ts", import.meta.url));
