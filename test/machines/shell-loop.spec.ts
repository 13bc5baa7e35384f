// The harness of samples/shell-loop: the whole life of a session, with a stand-in for the model.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Place } from "../cli/run.ts";

const folder = join(import.meta.dirname, "../../samples/shell-loop");

interface Message {
  readonly role: string;
  readonly content: string;
  readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[];
}

test("call, append, trigger, swap, retrieve: nothing is lost, and the errors stay in view", async () => {
  const place = new Place();
  const script = `export -f compact; "${folder}/loop.sh" s.jsonl "${folder}/stand-in-model.sh" "What went wrong?"`;
  const { stdout, stderr, code } = await place.shell(script);
  expect({ stdout, code }).toEqual({
    stdout: "Order 41 was lost every day. The first orders of day 0 were fine.\n",
    code: 0,
  });
  expect(stderr).toMatch(/s\.jsonl: cut: \d+ tokens, \d+ freed\n/);
  const messages: Message[] = place
    .read("s.jsonl")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const results = messages.filter(({ role }) => role === "tool").map(({ content }) => content);
  const logs = results.slice(0, -1);
  expect(logs[0]).toMatch(/^\[compact get [0-9a-f]{8}: ran, /);
  for (const [day, log] of logs.entries()) expect(log).toContain(`day ${day}: ERROR order 41 lost`);
  expect(results.at(-1)).toMatch(/^day 0: order 1 shipped .+\nday 0: order 2 .+\nday 0: order 3 .+$/);
  const fetched = messages.at(-3)?.tool_calls?.[0]?.function.arguments ?? "";
  expect(fetched).toMatch(/compact get [0-9a-f]{8}:1-3/);
  const restored = await place.run(["restore", "s.jsonl"]);
  expect(restored.code).toBe(0);
  for (const day of logs.keys()) {
    expect(
      restored.stdout.match(new RegExp(`day ${day}: order \\d+ shipped`, "g"))?.length,
    ).toBeGreaterThanOrEqual(120);
  }
});

test("shellcheck has nothing to say about it", () => {
  const { stdout } = spawnSync("shellcheck", [join(folder, "loop.sh"), join(folder, "stand-in-model.sh")], {
    encoding: "utf8",
  });
  expect(stdout).toBe("");
});
