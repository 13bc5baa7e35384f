// What every other client test relies on: the programs are the pinned ones, and nobody outside can be reached.
import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clients } from "./clients.ts";
import { baseEnvironment, discard, installFolder, makePlace, runNode } from "./drive.ts";

test("there is no network but loopback", () => {
  expect(Object.keys(networkInterfaces())).toEqual(["lo"]);
});

test.each(clients)("$name is the pinned version", async (client) => {
  const manifest = JSON.parse(readFileSync(join(installFolder(), "package.json"), "utf8"));
  const place = makePlace();
  const program = join(installFolder(), client.program);
  const ended = await runNode(program, client.versionArguments, {
    cwd: place.project,
    environment: baseEnvironment(place),
  });
  discard(place);
  const pinned: string = manifest.dependencies[client.name];
  const answer = (ended.stdout + ended.stderr).split("\n").find((line) => line.includes(pinned));
  process.stdout.write(`${client.name}: ${answer}, Node ${process.version}\n`);
  expect(answer).toBeDefined();
});
