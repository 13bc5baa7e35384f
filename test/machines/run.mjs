// In: `npm run test:machines [vitest arguments…]`. Out: the exit code of the tests of recipes and of the shell loop whose programs are
// there. Says which are not; COMPACT_REQUIRE_MACHINES=1 makes that a failure.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Daemons are where root finds them. */
const PATH = `${process.env.PATH}:/usr/sbin`;

/** Each test, and the programs that it needs. */
const tests = {
  "parallel.spec.ts": ["parallel"],
  "ssh.spec.ts": ["parallel", "ssh", "ssh-keygen", "sshd"],
  "slurm.spec.ts": ["slurmctld", "slurmd", "sbatch"],
  "lint.spec.ts": ["shellcheck"],
  "shell-loop.spec.ts": ["jq", "shellcheck"],
};

/** Another program of the same name does something else. */
const isGnuParallel = () =>
  spawnSync("parallel", ["--version"], { encoding: "utf8" }).stdout?.startsWith("GNU parallel") === true;

const isThere = (program) =>
  spawnSync("sh", ["-c", `command -v ${program}`], { env: { PATH } }).status === 0 &&
  (program !== "parallel" || isGnuParallel());
const missing = (programs) => programs.filter((program) => !isThere(program));
const left = Object.keys(tests).filter((name) => missing(tests[name]).length > 0);

for (const name of left)
  process.stderr.write(
    `test:machines: ${name} did not run: no ${missing(tests[name]).join(", ")} on the path\n`,
  );
if (left.length > 0 && process.env.COMPACT_REQUIRE_MACHINES === "1") process.exitCode = 1;
else if (left.length < Object.keys(tests).length) {
  const vitest = join(import.meta.dirname, "..", "..", "node_modules", "vitest", "vitest.mjs");
  const configuration = join(import.meta.dirname, "..", "specs.config.mts");
  const where = ["--root", import.meta.dirname, "--config", configuration];
  const without = left.map((name) => `--exclude=${name}`);
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", ...where, ...without, ...process.argv.slice(2)],
    { stdio: "inherit", env: { ...process.env, PATH } },
  );
  process.exitCode = status ?? 1;
}
