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
const lacks = Object.entries(tests).flatMap(([name, programs]) => {
  const without = missing(programs);
  return without.length === 0 ? [] : [`${name} did not run: no ${without.join(", ")} on the path`];
});
const names = Object.keys(tests).filter((name) => missing(tests[name]).length === 0);

for (const line of lacks) process.stderr.write(`test:machines: ${line}\n`);
if (lacks.length > 0 && process.env.COMPACT_REQUIRE_MACHINES === "1") process.exitCode = 1;
else if (names.length > 0) {
  const vitest = join(import.meta.dirname, "..", "..", "node_modules", "vitest", "vitest.mjs");
  const configuration = join(import.meta.dirname, "..", "specs.config.mts");
  const where = ["--root", import.meta.dirname, "--config", configuration];
  const { status } = spawnSync(
    process.execPath,
    [vitest, "run", ...where, ...names, ...process.argv.slice(2)],
    { stdio: "inherit", env: { ...process.env, PATH } },
  );
  process.exitCode = status ?? 1;
}
