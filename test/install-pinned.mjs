// In: a package.json with pinned versions. Out: the folder where they are installed: a cache beside the project, filled once for each
// set of versions, without install scripts. Needs the npm registry.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const INSTALL = [
  "install",
  "--ignore-scripts",
  "--no-package-lock",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

/** @returns the folder, or the reason why there is none; a folder without a stamp is incomplete */
export function installPinned(manifest, cache) {
  const folder = join(cache, createHash("sha256").update(manifest).digest("hex").slice(0, 12));
  const stamp = join(folder, "installed");
  if (existsSync(stamp)) return { folder };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), manifest);
  const { status, stderr, error } = spawnSync("npm", INSTALL, { cwd: folder, encoding: "utf8" });
  if (status !== 0) return { reason: `they could not be installed: ${error?.message ?? stderr}` };
  writeFileSync(stamp, "");
  return { folder };
}
