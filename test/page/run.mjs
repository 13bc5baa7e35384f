// In: `npm run test:page [vitest arguments…]`. Out: the exit code of the tests of the page. Looks for Chromium first, and says
// why nothing ran where there is none; COMPACT_REQUIRE_CHROMIUM=1 makes that a failure.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

function findChromium() {
  const { COMPACT_CHROMIUM: named } = process.env;
  const candidates = named === undefined ? names : [named];
  return candidates.find((name) => spawnSync(name, ["--version"]).status === 0);
}

const chromium = findChromium();
if (chromium === undefined) {
  const isRequired = process.env.COMPACT_REQUIRE_CHROMIUM === "1";
  const reason = `no ${names.join(", ")} on the path; COMPACT_CHROMIUM names another place`;
  process.stderr.write(`test:page ${isRequired ? "failed" : "skipped"}: ${reason}\n`);
  process.exitCode = isRequired ? 1 : 0;
} else {
  const vitest = join(import.meta.dirname, "..", "..", "node_modules", "vitest", "vitest.mjs");
  const configuration = join(import.meta.dirname, "..", "specs.config.mts");
  const path = chromium.includes("/")
    ? chromium
    : spawnSync("sh", ["-c", `command -v ${chromium}`], { encoding: "utf8" }).stdout.trim();
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", import.meta.dirname, "--config", configuration, ...process.argv.slice(2)],
    { stdio: "inherit", env: { ...process.env, COMPACT_CHROMIUM: path } },
  );
  process.exitCode = status ?? 1;
}
