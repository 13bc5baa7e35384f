// In: `npm run test:clients [name@version…] [vitest arguments…]`. Out: the exit code of the client tests.
// Installs the pinned clients (this needs the npm registry), then runs vitest in a network namespace that has
// nothing but loopback, so that no client, however it is configured, can ever talk to anybody but the mock.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { installPinned } from "../install-pinned.mjs";

const here = import.meta.dirname;
const isPin = (argument) => /^@?[a-z][^@]*@\d/.test(argument);
const pins = process.argv.slice(2).filter(isPin);
const vitestArguments = process.argv.slice(2).filter((argument) => !isPin(argument));

/** The pinned manifest, with the versions that the command line asks for instead. */
function manifest() {
  const text = readFileSync(join(here, "pinned", "package.json"), "utf8");
  const parsed = JSON.parse(text);
  for (const pin of pins) {
    const at = pin.lastIndexOf("@");
    parsed.dependencies[pin.slice(0, at)] = pin.slice(at + 1);
  }
  return JSON.stringify(parsed, null, 2);
}

function install() {
  const cache = process.env.COMPACT_CLIENTS_CACHE ?? join(homedir(), ".cache", "compact-clients");
  return installPinned(manifest(), cache);
}

const upAndRun = 'ip link set lo up && exec "$@"';
const namespaces = [
  ["unshare", "--net", "sh", "-c", upAndRun, "sh"],
  ["unshare", "--map-root-user", "--net", "sh", "-c", upAndRun, "sh"],
];

/** The first way into a loopback-only namespace that works here: as root, else in a user namespace. */
function namespace() {
  const way = namespaces.find(([file, ...rest]) => spawnSync(file, [...rest, "true"]).status === 0);
  return way
    ? { way }
    : { reason: "no network namespace: `unshare --net` with `ip link set lo up` does not work here" };
}

/** Says why nothing ran; COMPACT_REQUIRE_CLIENTS=1 makes that a failure. */
function skip(reason) {
  const required = process.env.COMPACT_REQUIRE_CLIENTS === "1";
  process.stderr.write(`test:clients ${required ? "failed" : "skipped"}: ${reason}\n`);
  process.exitCode = required ? 1 : 0;
}

function main() {
  const { way, reason: notIsolated } = namespace();
  if (notIsolated) return skip(notIsolated);
  const { folder, reason: notInstalled } = install();
  if (notInstalled) return skip(notInstalled);
  const [file, ...rest] = way;
  const vitest = join(here, "..", "..", "node_modules", "vitest", "vitest.mjs");
  const configuration = join(here, "vitest.config.mts");
  const { status } = spawnSync(
    file,
    [...rest, process.execPath, vitest, "run", "--config", configuration, ...vitestArguments],
    { stdio: "inherit", env: { ...process.env, COMPACT_CLIENTS: folder } },
  );
  process.exitCode = status ?? 1;
}

main();
