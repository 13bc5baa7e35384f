// The plugin of opencode with messages as opencode hands them over; test/clients has the real one.
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { limitsOf } from "../../src/harness/opencode/limits.ts";
import type { Message } from "../../src/harness/opencode/messages.ts";
import { Compact } from "../../src/harness/opencode/plugin.ts";
import { Place } from "../cli/run.ts";

const PROGRAM = join(import.meta.dirname, "../../bin/compact.js");
const marker = /^\[compact get [0-9a-f]{8}: /;
const log = (n: number) =>
  Array.from({ length: 400 }, (_, line) => `day ${n}: parcel ${line * 7} left`).join("\n");

/** A session of some steps, each with one large result; each 4,000 tokens. */
function messages(steps: number): Message[] {
  const info = (id: string, role: string) => ({ id, role, sessionID: "ses_1" });
  const task: Message = { info: info("u", "user"), parts: [{ type: "text", text: "Read the logs." }] };
  const turns = Array.from({ length: steps }, (_, n): Message => {
    const state = { status: "completed", input: { command: `cat ${n}.log` }, output: log(n) };
    const tokens = { input: 4000 * (n + 1), output: 10, cache: { read: 0, write: 0 } };
    return {
      info: { ...info(`a${n}`, "assistant"), tokens },
      parts: [
        { type: "text", text: `I read day ${n}.` },
        { type: "tool", callID: `call_${n}`, tool: "bash", state },
      ],
    };
  });
  return [task, ...turns];
}

type Plugin = Awaited<ReturnType<typeof Compact>>;

/** Of a process that talks to a model with a small window: the trigger is at 32,000 tokens. */
async function started(): Promise<Plugin> {
  const plugin = await Compact({ directory: place.directory });
  const model = { limit: { context: 40_000 } };
  await plugin["experimental.chat.system.transform"]({ sessionID: "ses_1", model }, { system: [] });
  return plugin;
}

/** What the plugin makes of a request. */
async function sent(plugin: Plugin, steps: number): Promise<string[]> {
  const output = { messages: messages(steps) };
  await plugin["experimental.chat.messages.transform"]({}, output);
  return output.messages.flatMap(({ parts }) => parts.flatMap(({ state }) => state?.output ?? []));
}

/** Requests until something was cut in the background. */
async function whenCut(plugin: Plugin, steps: number): Promise<string[]> {
  for (let waited = 0; waited < 20_000; waited += 100) {
    const results = await sent(plugin, steps);
    if (results.some((text) => marker.test(text))) return results;
    await pause(100);
  }
  throw new Error("nothing was cut");
}

let place: Place;

beforeEach(() => {
  place = new Place();
  place.makeDirectory("bin");
  writeFileSync(place.path("bin/compact"), `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`);
  chmodSync(place.path("bin/compact"), 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${place.path("bin")}:${before}`;
  return () => {
    process.env.PATH = before;
  };
});

test("below the trigger all is sent whole", async () => {
  const plugin = await started();
  for (let n = 0; n < 3; n++)
    expect(await sent(plugin, 6)).toEqual(
      messages(6)
        .slice(1)
        .map((_, n) => log(n)),
    );
  expect(place.exists(".compact")).toBe(false);
});

test("at the trigger the session goes on whole, and is sent smaller once that is computed", async () => {
  const plugin = await started();
  expect((await sent(plugin, 9)).filter((text) => marker.test(text))).toEqual([]);
  const results = await whenCut(plugin, 9);
  expect(results[0]).toMatch(marker);
  expect(results.slice(-3)).toEqual([log(6), log(7), log(8)]);
  const ref = /get (\w+)/.exec(results[0]!)?.[1] ?? "";
  expect((await place.run(["get", ref])).stdout).toBe(log(0));
  expect(place.files(".compact/harness")).toEqual(["opencode-ses_1.json"]);
});

test("another process sends the same, and tells the agent how to get text back", async () => {
  const results = await whenCut(await started(), 9);
  const next = await started();
  expect(await sent(next, 9)).toEqual(results);
  const output = { system: ["You are an agent."] };
  await next["experimental.chat.system.transform"]({ sessionID: "ses_1" }, output);
  expect(output.system[1]).toContain("`compact get REF`");
  const summary = { context: [] as string[] };
  await next["experimental.session.compacting"]({ sessionID: "ses_1" }, summary);
  expect(summary.context[0]).toContain("[compact get REF: ...]");
});

test("a result that is another than when it was cut is sent whole", async () => {
  await whenCut(await started(), 9);
  const output = { messages: messages(9) };
  output.messages[1]!.parts[1]!.state!.output = "another";
  await (await started())["experimental.chat.messages.transform"]({}, output);
  expect(output.messages[1]!.parts[1]!.state!.output).toBe("another");
});

describe("all is sent whole", () => {
  test("with no compact on the PATH", async () => {
    process.env.PATH = place.path("nowhere");
    const plugin = await started();
    await sent(plugin, 9);
    await pause(200);
    expect((await sent(plugin, 9)).filter((text) => marker.test(text))).toEqual([]);
  });

  test("with a store that is a file", async () => {
    place.write(".compact", "");
    const plugin = await started();
    expect((await sent(plugin, 9)).filter((text) => marker.test(text))).toEqual([]);
  });

  test("with messages of a version that nobody knows", async () => {
    const plugin = await started();
    const output = { messages: [{ strange: true }] as unknown as Message[] };
    await plugin["experimental.chat.messages.transform"]({}, output);
    expect(output.messages).toEqual([{ strange: true }]);
  });
});

test.each([
  ["", undefined, { trigger: 160_000, target: 90_000, minimumSavings: 20_000 }],
  ["", 1_000_000, { trigger: 800_000, target: 450_000, minimumSavings: 100_000 }],
  ["--window 400k --trigger 60%", 1_000_000, { trigger: 240_000, target: 180_000, minimumSavings: 40_000 }],
  [
    "--trigger 50000 --target 20k --min-savings 5k",
    128_000,
    { trigger: 50_000, target: 20_000, minimumSavings: 5000 },
  ],
])("the limits of `%s` with a window of %s", (options, window, expected) => {
  expect(limitsOf(options, window)).toEqual(expected);
});
