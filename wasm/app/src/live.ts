/** Under `geras serve` with a folder: takes over definitions that were changed there, and says when one is broken. */

import type { Diagnostics } from "geras";
import type { Desk } from "./desk.js";

const EVERY = 1_500;

interface Folder {
  readonly revision: number;
  readonly diagnostics: Diagnostics;
}

/** Whether a folder is served. */
export async function watchFolder(desk: Desk, tell: (told: string) => void): Promise<boolean> {
  const probe = await fetch("instruments.json", { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  if (probe?.headers.get("x-geras-live") !== "1") return false;
  let revision = 0;
  const look = async () => {
    const folder = await fetch("live.json", { cache: "no-store" }).then((response) => response.json() as Promise<Folder>).catch(() => undefined);
    if (folder && folder.revision !== revision) {
      const errors = folder.diagnostics.filter((one) => one.severity === "error");
      if (revision !== 0) {
        await desk.replace();
        desk.changed();
      }
      const where = errors.map((one) => `${one.path}:${one.line} ${one.message}`).slice(0, 3).join(" · ");
      tell(errors.length > 0 ? `${desk.words.liveBroken} ${where}` : revision === 0 ? "" : desk.words.live);
      revision = folder.revision;
    }
    setTimeout(look, EVERY);
  };
  void look();
  return true;
}
