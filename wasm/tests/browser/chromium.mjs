// Starts Debian's Chromium with the flags that it needs on a machine without a screen. Tests nothing.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];
const EXECUTABLE = process.env.GERAS_CHROMIUM ?? "/usr/bin/chromium";

export const LIMIT = 60_000;

/** A fresh profile that outlives the browser, so that a test can kill it and start it again. */
export function profile() {
  const folder = mkdtempSync(join(tmpdir(), "geras-profile-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A browser on a profile; every page fails the test on an error that nobody caught. */
export async function start(folder, options = {}) {
  const context = await chromium.launchPersistentContext(folder, { executablePath: EXECUTABLE, args: FLAGS, locale: "zh-CN", viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(LIMIT);
  return context;
}

export const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
