// A session of Claude Code that is cut in place while its process lives: it goes on in the same process, and nothing is lost.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { claudeCode } from "./claude-code.ts";
import { restoreSession, storeOf, wire } from "./compact-session.ts";
import { answersOf, baseEnvironment, discard, drive, installFolder, makePlace } from "./drive.ts";
import { startMock } from "./mock/server.ts";
import { turnsOf } from "./requests.ts";
import * as scenario from "./scenario.ts";

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (isSo()) return;
    await pause(100);
  }
  throw new Error(`never: ${what}`);
}

test("a session that is cut between two turns of one process goes on and is whole", async () => {
  const place = makePlace();
  await wire(place, claudeCode.hooks!, "--write");
  const answers = answersOf(claudeCode, place, scenario.session, scenario.finalAnswer);
  const mock = await startMock(claudeCode.provider, "live", answers);
  const { environment } = claudeCode.run(place, mock.port, "");
  const streaming = ["--input-format", "stream-json", "--output-format", "stream-json", "--verbose"];
  const options = ["-p", ...streaming, "--model", "claude-sonnet-4-5", "--dangerously-skip-permissions"];
  const child = spawn(process.execPath, [join(installFolder(), claudeCode.program), ...options], {
    cwd: place.project,
    env: { ...baseEnvironment(place), ...environment },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = new Promise((done) => child.on("close", done));
  const say = (text: string) =>
    child.stdin.write(`${JSON.stringify({ type: "user", message: { role: "user", content: text } })}\n`);
  const results = () => output.match(/"type":"result",/g)?.length ?? 0;
  const log = join(storeOf(place), "harness", "log.jsonl");

  say(scenario.task);
  await until("the first turn ends", () => results() === 1);
  await until(
    "the session is cut",
    () => existsSync(log) && readFileSync(log, "utf8").includes('"did":"cut"'),
  );
  const file = claudeCode.sessionFile(place);
  expect(readFileSync(file, "utf8")).toContain("[compact get ");
  say("What did you learn?");
  await until("the second turn ends", () => results() === 2);
  child.stdin.end();
  expect(await ended).toBe(0);
  await mock.close();

  const last = turnsOf(mock.exchanges).at(-1);
  expect(claudeCode.provider.violations(last)).toEqual([]);
  const lines = readFileSync(file, "utf8");
  expect(lines).toContain("What did you learn?");
  const resumed = turnsOf(
    await drive(claudeCode, place, {
      name: "resume",
      prompt: scenario.resumePrompt,
      answers: [],
      resume: claudeCode.sessionId(file),
    }),
  );
  const { items, violations } = claudeCode.provider;
  expect(violations(resumed[0])).toEqual([]);
  const texts = items(resumed[0])
    .map(({ text }) => text)
    .join("\n");
  expect(texts).toContain("What did you learn?");
  expect(texts).toContain("[compact get ");
  const calls = (body: unknown) => items(body).filter(({ kind }) => kind === "call");
  expect(calls(resumed[0])).toEqual(calls(last));
  expect(await restoreSession(place, file)).toContain("cart module, version 1");
  discard(place);
});
