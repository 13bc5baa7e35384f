// The plugin that `compact init opencode` installs, in the real opencode: a session that reaches the trigger is sent smaller, goes on,
// gets text back, and is sent the same when another process goes on with it. Its database keeps every text.
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Place } from "./client.ts";
import { storeOf } from "./compact-session.ts";
import { baseEnvironment, discard, installFolder, makePlace, runNode, runProgram } from "./drive.ts";
import { anthropic } from "./mock/anthropic.ts";
import type { ToolCall } from "./mock/provider.ts";
import { type Answer, startMock } from "./mock/server.ts";
import { callIds, resultOf, turnsOf } from "./requests.ts";

const compactProgram = join(import.meta.dirname, "..", "..", "bin", "compact.js");
const marker = /^\[compact get ([0-9a-f]{8}): /;

/** A native program, one package a platform. */
const program = () =>
  join(installFolder(), "node_modules", `opencode-${process.platform}-${process.arch}`, "bin", "opencode");

/** One provider, the mock, and no sharing; what plugins may import is there already, since nothing can be fetched. */
function prepare(place: Place, port: number): void {
  const model = { name: "mock", limit: { context: 200_000, output: 8_000 }, tool_call: true };
  const options = { baseURL: `http://127.0.0.1:${port}/v1`, apiKey: "not-a-key" };
  const configuration = {
    autoupdate: false,
    share: "disabled",
    permission: "allow",
    model: "mock/mock",
    small_model: "mock/mock",
    mcp: { compact: { type: "local", command: ["compact", "mcp"] } },
    provider: { mock: { npm: "@ai-sdk/anthropic", name: "mock", options, models: { mock: model } } },
  };
  for (const folder of [join(place.home, ".config", "opencode"), join(place.project, ".opencode")]) {
    mkdirSync(folder, { recursive: true });
    const dependencies = { "@opencode-ai/plugin": pinned("@opencode-ai/plugin") };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies }));
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: { "": { dependencies } } }));
    const modules = join(folder, "node_modules");
    if (!existsSync(modules)) symlinkSync(join(installFolder(), "node_modules"), modules);
  }
  writeFileSync(join(place.home, ".config", "opencode", "opencode.json"), JSON.stringify(configuration));
}

function pinned(name: string): string {
  return JSON.parse(readFileSync(join(installFolder(), "package.json"), "utf8")).dependencies[name];
}

/** One headless run; it must end well. @returns the bodies of its turns */
async function talk(place: Place, name: string, answers: Answer[], ...args: string[]): Promise<unknown[]> {
  const mock = await startMock(anthropic, name, answers);
  try {
    prepare(place, mock.port);
    const ended = await runProgram(program(), ["run", "--format", "json", ...args], {
      cwd: place.project,
      environment: {
        ...baseEnvironment(place),
        OPENCODE_DISABLE_AUTOUPDATE: "1",
        OPENCODE_DISABLE_MODELS_FETCH: "1",
      },
    });
    if (ended.code !== 0)
      throw new Error(`opencode ended with ${ended.code}: ${ended.stderr}\n${ended.stdout}`);
    return turnsOf(mock.exchanges);
  } finally {
    await mock.close();
  }
}

const bash = (command: string): ToolCall => ({ tool: "bash", input: { command, description: "Run" } });
const step = (text: string, ...calls: ToolCall[]): Answer => ({ text, calls, thinks: 1000 });

/** A session of 40 KB, the prompts of opencode beside it. */
const limits = ["--window", "16k", "--target", "30%", "--min-savings", "1k"];

let place: Place;
let session: unknown[];
let resumed: unknown[];
let ref: string;

/** The result of the nth call, as the last turn of a run sends it. */
const nthResult = (turns: unknown[], n: number) => {
  const items = anthropic.items(turns.at(-1));
  return resultOf(items, callIds(items)[n] ?? "");
};

beforeAll(async () => {
  place = makePlace();
  await runNode(compactProgram, ["init", "opencode", "--write", ...limits], {
    cwd: place.project,
    environment: baseEnvironment(place),
  });
  const reads = ["cart", "prices", "orders", "stock", "customers", "invoices", "shipping"].map((name) =>
    step(`I read ${name}.`, bash(`cat src/${name}.mjs`)),
  );
  session = await talk(place, "session", [...reads, step("All read.")], "Read everything.");
  ref = marker.exec(nthResult(session, 0))?.[1] ?? "none";
  const fetch = step("What was in the cart?", bash(`compact get ${ref} | tee fetched.txt`));
  resumed = await talk(place, "resume", [fetch, step("That.")], "--continue", "And the cart?");
});

afterAll(() => discard(place));

test("what the model sees is cut while the session goes on", () => {
  expect(session).toHaveLength(8);
  expect(nthResult(session, 0)).toMatch(marker);
  expect(nthResult(session, 6)).not.toMatch(marker);
  expect(session.flatMap((body) => anthropic.violations(body))).toEqual([]);
});

test("the session that goes on in another process is sent the same", () => {
  expect(resumed.flatMap((body) => anthropic.violations(body))).toEqual([]);
  const cut = anthropic.items(session.at(-1)).filter(({ text }) => marker.test(text));
  expect(cut.length).toBeGreaterThan(1);
  expect(anthropic.items(resumed[0])).toEqual(expect.arrayContaining(cut));
});

test("the agent is told how to get text back, and sees the skill", () => {
  const { system } = resumed[0] as { system: unknown };
  expect(JSON.stringify(system)).toContain("`compact get REF`");
  expect(JSON.stringify(resumed[0])).toContain("compact-transcript");
});

test("`compact get` works from inside, and gives the whole text", () => {
  expect(readFileSync(join(place.project, "fetched.txt"), "utf8").trim()).toBe(
    readFileSync(join(place.project, "src/cart.mjs"), "utf8").trim(),
  );
  expect(existsSync(join(storeOf(place), "artifacts"))).toBe(true);
});

test("compact is one of its MCP servers when the configuration says so", () => {
  const { tools } = session[0] as { tools: { name: string }[] };
  expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(["compact_compact_get"]));
});

test("taken out, the session is sent whole again: opencode has lost nothing", async () => {
  const remove = [
    "init",
    "opencode",
    "--remove",
    "--window",
    "24k",
    "--target",
    "30%",
    "--min-savings",
    "1k",
  ];
  await runNode(compactProgram, remove, { cwd: place.project, environment: baseEnvironment(place) });
  const turns = await talk(place, "whole", [step("Yes.")], "--continue", "All there?");
  expect(nthResult(turns, 0)).toContain("cart module, version 1");
});
