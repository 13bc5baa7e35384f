// In: `npm run test:nodes [vitest arguments…]`. Out: the exit code of the tests with newer generations of Node, whose programs come
// from the npm registry. Says why nothing ran where they cannot be had; COMPACT_REQUIRE_NODES=1 makes that a failure.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { installPinned } from "../install-pinned.mjs";

const here = import.meta.dirname;
const manifest = readFileSync(join(here, "pinned", "package.json"), "utf8");
const isLinux = process.platform === "linux" && process.arch === "x64";
const { folder, reason } = isLinux
  ? installPinned(manifest, join(homedir(), ".cache", "compact-nodes"))
  : { reason: "the pinned programs are for Linux on x64" };

if (folder !== undefined) {
  const vitest = join(here, "..", "..", "node_modules", "vitest", "vitest.mjs");
  const configuration = join(here, "..", "specs.config.mts");
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", here, "--config", configuration, ...process.argv.slice(2)],
    { stdio: "inherit", env: { ...process.env, COMPACT_NODES: folder } },
  );
  process.exitCode = status ?? 1;
} else {
  const isRequired = process.env.COMPACT_REQUIRE_NODES === "1";
  process.stderr.write(`test:nodes ${isRequired ? "failed" : "skipped"}: ${reason}\n`);
  process.exitCode = isRequired ? 1 : 0;
}
