// In: `npm run test:machines [vitest arguments…]`. Out: the exit code of the recipes' tests. Says why nothing ran where there is
// no GNU parallel; COMPACT_REQUIRE_PARALLEL=1 makes that a failure.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const version = spawnSync("parallel", ["--version"], { encoding: "utf8" }).stdout ?? "";

if (version.startsWith("GNU parallel")) {
  const vitest = join(import.meta.dirname, "..", "..", "node_modules", "vitest", "vitest.mjs");
  const configuration = join(import.meta.dirname, "..", "specs.config.mts");
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", import.meta.dirname, "--config", configuration, ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  process.exitCode = status ?? 1;
} else {
  const isRequired = process.env.COMPACT_REQUIRE_PARALLEL === "1";
  process.stderr.write(`test:machines ${isRequired ? "failed" : "skipped"}: no GNU parallel on the path\n`);
  process.exitCode = isRequired ? 1 : 0;
}
