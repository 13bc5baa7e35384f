// In: `npm run test:machines [vitest arguments…]`. Out: the exit code of the tests of recipes and of the shell loop. Says why nothing
// ran where a program is missing; COMPACT_REQUIRE_PARALLEL=1 makes that a failure.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The program, and how its answer to --version begins. */
const NEEDED = { parallel: "GNU parallel", jq: "jq-", shellcheck: "ShellCheck" };
const missing = Object.entries(NEEDED).filter(
  ([program, beginning]) =>
    !(spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? "").startsWith(beginning),
);

if (missing.length === 0) {
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
  process.stderr.write(
    `test:machines ${isRequired ? "failed" : "skipped"}: no ${missing.map(([program]) => program).join(", ")} on the path\n`,
  );
  process.exitCode = isRequired ? 1 : 0;
}
