// Asks the native build about the cases and about made-up sheets of every definition. Compares nothing.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { madeUpPathwaySheets, madeUpSheets } from "../sheets.mjs";

const ORACLE = process.env.GERAS_ORACLE ?? fileURLToPath(new URL("../../../target/debug/examples/oracle", import.meta.url));

/**
 * For each instrument and pathway `{name, path, records, lines, accounts}`: every sheet with its line, and some accounts with their language. Pathways have the
 * `report` of their cases too. `count` says how many sheets are made up for one, by its name.
 */
export async function* nativeAnswers(count) {
  const oracle = spawn(ORACLE, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => oracle.on("exit", resolve));
  const lines = createInterface({ input: oracle.stdout })[Symbol.asyncIterator]();
  const described = new Map();
  let seed = 4219500;
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    const { name, path, description, cases, report } = JSON.parse(line.value);
    const about = JSON.parse(description);
    if (report === undefined) described.set(about.id, about);
    const made = report === undefined ? madeUpSheets(about, count(name), seed++) : madeUpPathwaySheets(about, (id) => described.get(id), count(name), seed++);
    const sheets = made.map((sheet) => JSON.stringify(sheet));
    oracle.stdin.write(`${JSON.stringify(sheets)}\n`);
    const told = JSON.parse((await lines.next()).value);
    yield { name, path, description, report, records: [...cases, ...sheets], lines: told.lines, accounts: told.accounts.map(([language, text], place) => ({ language, text, sheet: sheets[place] })) };
  }
  if ((await ended) !== 0) throw new Error("the oracle has failed");
}
