// `compact mcp`, asked by the protocol's own client: get, search, facts and actions, read-only, with refs and paths checked.
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { describe, expect, onTestFinished, test } from "vitest";
import { isRetrieval } from "../../src/transcript/calls.ts";
import { chat, shell } from "../memory/chat.ts";
import { Place } from "./run.ts";
import { claudeSession, observation, refOf, refsIn } from "./transcripts.ts";

const PROGRAM = join(import.meta.dirname, "../../bin/compact.js");
const WORK = chat([
  "Add a database migration.",
  shell("echo > migrations/1.sql"),
  shell("npm test", " Tests  3 passed (3)"),
]);

interface Server {
  readonly place: Place;
  readonly client: Client;
  /** The text of the answer; fails the test on an error unless one is expected. */
  call(name: string, input: Record<string, unknown>, isError?: boolean): Promise<string>;
}

async function serve(): Promise<Server> {
  const place = new Place();
  place.write("a.jsonl", claudeSession());
  place.write("work.jsonl", WORK);
  await place.main(["-q", "-i", "a.jsonl"]);
  await place.main(["actions", "work.jsonl"]);
  const client = new Client({ name: "test", version: "1" });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [PROGRAM, "mcp"],
    cwd: place.directory,
    stderr: "pipe",
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return {
    place,
    client,
    call: async (name, input, isError = false) => {
      const answer = await client.callTool({ name, arguments: input });
      const [content] = answer.content as { type: string; text: string }[];
      expect(answer.isError === true, content?.text).toBe(isError);
      return content!.text;
    },
  };
}

describe("the server", () => {
  test("names its tools and says that they only read", async () => {
    const { client } = await serve();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "compact_get",
      "compact_search",
      "compact_facts",
      "compact_actions",
    ]);
    for (const { annotations, inputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true });
      expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
    }
  });

  test("gives the exact bytes behind the ref of a marker, and lines of it", async () => {
    const { place, call } = await serve();
    const wanted = observation("a", 1, 40);
    const [ref] = refsIn(place.read("a.jsonl"));
    expect(ref).toBe(refOf(wanted));
    expect(await call("compact_get", { ref })).toBe(wanted);
    expect(await call("compact_get", { ref: `${ref}:2-3` })).toBe(
      `${wanted.split("\n").slice(1, 3).join("\n")}\n`,
    );
  });

  test("searches, states facts and finds pads", async () => {
    const { call } = await serve();
    expect(JSON.parse(await call("compact_search", { query: "part-1", limit: 2 }))).toHaveLength(2);
    expect(await call("compact_search", { query: "zebra" })).toBe("nothing found");
    expect(await call("compact_facts", { file: "a.jsonl" })).toContain("Find out why the build is slow.");
    expect(await call("compact_facts", { file: "a.jsonl", maxTokens: 5 })).toBe("");
    const pads = await call("compact_actions", { task: "a migration" });
    expect(await call("compact_actions", { id: pads.slice(0, 8) })).toContain("echo > migrations/1.sql");
  });

  test("writes nothing, however much it is asked", async () => {
    const { place, call } = await serve();
    const before = place.files(".");
    await call("compact_search", { query: "part" });
    await call("compact_facts", { file: "a.jsonl" });
    expect(place.files(".")).toEqual(before);
  });

  test.each([
    ["compact_get", { ref: "../../etc/passwd" }, "is no ref"],
    ["compact_get", { ref: "00000000" }, "no such artifact"],
    ["compact_get", {}, "`ref` is missing"],
    ["compact_get", { ref: 5 }, "`ref` is missing"],
    ["compact_get", { ref: "00000000", path: "/etc" }, "takes no `path`"],
    ["compact_search", { query: "/(/" }, "Invalid regular expression"],
    ["compact_search", { query: "a", limit: -1 }, "expected a positive whole number"],
    ["compact_facts", { file: "/etc/passwd" }, "expected a file below"],
    ["compact_facts", { file: "../x.jsonl" }, "expected a file below"],
    ["compact_facts", { file: "link.jsonl" }, "expected a file below"],
    ["compact_facts", { file: "." }, "expected a file below"],
    ["compact_actions", { id: "nothing" }, "no pad nothing"],
    ["compact_delete", {}, "no tool compact_delete"],
  ])("refuses %s %j", async (name, input, message) => {
    const { place, call } = await serve();
    symlinkSync("/etc/passwd", place.path("link.jsonl"));
    expect(await call(name, input, true)).toContain(message);
  });
});

test("what a client fetches through the server counts as fetched back", () => {
  expect(isRetrieval("3f2a9c1b", "mcp__compact__compact_get")).toBe(true);
  expect(isRetrieval('{"query":"x"}', "compact_search")).toBe(true);
  expect(isRetrieval("src/a.ts", "Read")).toBe(false);
});
