import { describe, expect, test } from "vitest";
import { applyUndo, compact } from "../../src/index.ts";
import { context, differences, jsonl, liveLines, output, read, sidecars, tell } from "./transcripts.ts";

const session = { sessionId: "s", version: "2.1.0", isSidechain: false };

function user(uuid: string, parentUuid: string | null, content: unknown, more: object = {}) {
  return { ...session, type: "user", uuid, parentUuid, message: { role: "user", content }, ...more };
}

function assistant(uuid: string, parentUuid: string, id: string, part: object, more: object = {}) {
  const message = { id, role: "assistant", content: [part] };
  return { ...session, type: "assistant", uuid, parentUuid, message, ...more };
}

const text = (value: string) => ({ type: "text", text: value });
const call = (id: string, name = "Bash", input: object = { command: `run ${id}` }) => ({
  type: "tool_use",
  id,
  name,
  input,
});
const result = (id: string, content: unknown, more: object = {}) => [
  { tool_use_id: id, type: "tool_result", content, ...more },
];

describe("what is still sent", () => {
  test("is the way from the last leaf to the root; a rewound branch is not", () => {
    const transcript = read([
      user("u1", null, "first try"),
      assistant("a1", "u1", "m1", text("wrong way")),
      user("u2", null, "second try"),
      assistant("a2", "u2", "m2", text("right way")),
    ]);
    expect(context(transcript)).toEqual(["user text: second try", "assistant text: right way"]);
  });

  test("includes the calls and results of a parallel message that stand off the way", () => {
    const transcript = read([
      user("u", null, "task"),
      assistant("a1", "u", "m", call("c1")),
      assistant("a2", "a1", "m", call("c2")),
      user("r1", "a1", result("c1", "one")),
      user("r2", "a2", result("c2", "two")),
      assistant("z", "r2", "n", text("done")),
    ]);
    expect(liveLines(transcript)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(transcript.observations.map(({ step }) => step)).toEqual([1, 1]);
  });

  test("begins after the last compaction boundary, with the summary", () => {
    const transcript = read([
      user("u1", null, "long ago"),
      assistant("a1", "u1", "m1", text("long ago too")),
      {
        ...session,
        type: "system",
        subtype: "compact_boundary",
        uuid: "b",
        parentUuid: null,
        logicalParentUuid: "a1",
      },
      user("s", "b", "what happened so far", { isCompactSummary: true }),
      assistant("a2", "s", "m2", text("going on")),
    ]);
    expect(context(transcript)).toEqual(["user summary: what happened so far", "assistant text: going on"]);
    expect(transcript.blocks[0]?.text).toBeUndefined();
  });

  test("is everything after the last boundary where a parent is missing", () => {
    const transcript = read([
      user("u1", null, "dead"),
      { ...session, type: "system", subtype: "compact_boundary", uuid: "b", parentUuid: null },
      user("u2", "b", "alive"),
      user("side", "b", "of a sub-agent", { isSidechain: true }),
      user("u3", "nobody has this uuid", "alive too"),
    ]);
    expect(liveLines(transcript)).toEqual([3, 5]);
  });

  test("is everything where the parents run in a circle", () => {
    const circle = [user("u1", "u2", "one"), user("u2", "u1", "two")];
    expect(liveLines(read(circle))).toEqual([1, 2]);
    expect(liveLines(read([user("u0", null, "zero"), ...circle, user("u3", "u2", "three")]))).toEqual([
      1, 2, 3, 4,
    ]);
  });

  test("leaves sidechains out", () => {
    const transcript = read([
      user("u", null, "task"),
      user("side", "u", "of a sub-agent", { isSidechain: true }),
      assistant("a", "u", "m", text("answer")),
      assistant("later", "side", "n", text("of a sub-agent"), { isSidechain: true }),
    ]);
    expect(liveLines(transcript)).toEqual([1, 3]);
  });

  test("is everything in the file of a sub-agent, which is all sidechain", () => {
    const side = { isSidechain: true };
    const transcript = read([
      user("u", null, "task", side),
      assistant("a", "u", "m", call("c"), side),
      user("r", "a", result("c", "found"), side),
    ]);
    expect(liveLines(transcript)).toEqual([1, 2, 3]);
  });

  test("follows the later of two records with the same uuid", () => {
    const transcript = read([
      user("u", null, "task"),
      assistant("a", "nobody has this uuid", "m1", text("first copy")),
      assistant("a", "u", "m2", text("second copy")),
      user("v", "a", "next"),
    ]);
    expect(liveLines(transcript)).toEqual([1, 3, 4]);
  });

  test("ends at the leaf that the last record promises", () => {
    const records = [
      user("u1", null, "one"),
      assistant("a1", "u1", "m1", text("two")),
      user("u2", "a1", "typed and taken back"),
    ];
    const promise = { type: "last-prompt", leafUuid: "a1", sessionId: "s" };
    expect(liveLines(read([...records, promise]))).toEqual([1, 2]);
    // A promise that the session has outrun counts no more.
    expect(liveLines(read([...records, promise, user("u3", "u2", "going on")]))).toEqual([1, 2, 3, 5]);
  });

  test("reaches through progress and system records that stand on the way", () => {
    const transcript = read([
      user("u", null, "task"),
      { ...session, type: "progress", uuid: "p", parentUuid: "u", data: { type: "hook_progress" } },
      { ...session, type: "system", subtype: "turn_duration", uuid: "t", parentUuid: "p" },
      assistant("a", "t", "m", text("answer")),
    ]);
    expect(context(transcript)).toEqual(["user text: task", "assistant text: answer"]);
  });
});

describe("results", () => {
  const withResult = (content: unknown, more: object = {}) =>
    read([
      user("u", null, "task"),
      assistant("a", "u", "m", call("c")),
      user("r", "a", result("c", content, more)),
    ]);

  test("may be a list of texts and pictures: one observation, pictures left alone", () => {
    const picture = { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0" } };
    const transcript = withResult([{ type: "text", text: "one" }, picture, { type: "text", text: "two" }]);
    expect(transcript.observations.map(tell)).toEqual([
      { toolName: "Bash", target: "run c", outcome: "ok", texts: ["one", "two"] },
    ]);
    expect(transcript.blocks.filter(({ kind }) => kind === "image")).toHaveLength(1);
  });

  test("end well unless the client says otherwise, whatever their text looks like", () => {
    expect(withResult("Exit code 1\nfrom a log file").observations[0]?.outcome).toBe("ok");
    expect(withResult("Exit code 1\nno such file", { is_error: true }).observations[0]?.outcome).toBe(
      "exit 1",
    );
    expect(withResult("the user said no", { is_error: true }).observations[0]?.outcome).toBe("failed");
  });

  test("whose call is not in the file are observations without a call", () => {
    const { observations } = read([user("u", null, "task"), user("r", "u", result("gone", "found"))]);
    expect(observations[0]).toMatchObject({ call: undefined, toolName: "unknown" });
  });

  test("that the client moved to a file itself are left alone", () => {
    const { blocks } = withResult("<persisted-output>\nOutput too large (399.2KB). Full output saved to: x");
    expect(blocks.find(({ kind }) => kind === "result")?.tier).toBe("never");
  });
});

describe("copies that the model never sees", () => {
  const long = output(1);

  test("are found in tool results and progress records, at any depth", () => {
    const transcript = read([
      user("u", null, "task"),
      assistant("a", "u", "m", call("c", "Edit", { file_path: "a.ts" })),
      {
        ...session,
        type: "progress",
        uuid: "p",
        parentUuid: "a",
        data: { type: "bash_progress", output: long, fullOutput: long, elapsedTimeSeconds: 2 },
      },
      user("r", "p", result("c", "ok"), {
        toolUseResult: { filePath: long, originalFile: long, structuredPatch: [{ lines: [long, "short"] }] },
      }),
    ]);
    expect(sidecars(transcript)).toEqual([long, long, long, long]);
  });

  test("may be a single string", () => {
    const transcript = read([
      user("u", null, "x"),
      user("r", "u", result("c", "x"), { toolUseResult: long }),
    ]);
    expect(sidecars(transcript)).toEqual([long]);
  });

  test("are never signatures, thinking or pictures", () => {
    const message = {
      content: [
        { type: "thinking", thinking: long, signature: long },
        { type: "image", source: { type: "base64", data: long } },
        { type: "text", text: long, signature: long },
      ],
    };
    const transcript = read([
      user("u", null, "task"),
      { ...session, type: "progress", uuid: "p", parentUuid: "u", data: { type: "agent_progress", message } },
    ]);
    expect(sidecars(transcript)).toEqual([long]);
  });

  test("are emptied in place: member, shape and everything around stay", () => {
    const records = [
      user("u", null, "task"),
      user("r", "u", result("c", long), { toolUseResult: { stdout: long, stderr: "", isImage: false } }),
    ];
    const source = jsonl(records);
    const { chunks, undo } = compact(source, { stages: [["drop-sidecars", {}]] });
    const after = Buffer.concat([...chunks()]);
    const line = JSON.parse(after.toString().split("\n")[1]!);
    expect(differences(records[1], line)).toEqual(["$.toolUseResult.stdout"]);
    expect(line.toolUseResult.stdout).toBe("[compact: copy removed]");
    expect(applyUndo(after, undo!.splices).equals(source)).toBe(true);
  });
});

test("thinking is read but never offered: its signature binds it", () => {
  const part = { type: "thinking", thinking: "let me see", signature: "c2ln" };
  const { blocks } = read([user("u", null, "task"), assistant("a", "u", "m", part)]);
  expect(blocks[1]).toMatchObject({ kind: "thinking", text: "let me see", tier: "never" });
});

test("what the client attaches is text of the system, not of the user", () => {
  const transcript = read([
    user("u", null, "task"),
    {
      ...session,
      type: "attachment",
      uuid: "t",
      parentUuid: "u",
      attachment: { type: "file", content: "listing" },
    },
    assistant("a", "t", "m", text("seen")),
  ]);
  expect(context(transcript)).toContain("system text: listing");
  expect(transcript.entries.map(({ turn }) => turn)).toEqual([1, 1, 1]);
});

test("an attachment counts as the client rendered it, and a snapshot of the system prompt not at all", () => {
  const attach = (uuid: string, parentUuid: string, rest: object) => ({
    ...session,
    type: "attachment",
    uuid,
    parentUuid,
    ...rest,
  });
  const transcript = read([
    user("u", null, "task"),
    attach("t", "u", {
      attachment: { type: "date", date: "2026-11-20" },
      rendered: [{ content: "Today is Friday." }],
    }),
    attach("p", "t", { attachment: { type: "prompt_snapshot", systemPrompt: ["You are an agent."] } }),
    assistant("a", "p", "m", text("seen")),
  ]);
  expect(context(transcript).filter((line) => line.startsWith("system"))).toEqual([
    "system text: Today is Friday.",
  ]);
});

test("what a local command printed is an observation, cut or not, and begins no turn", () => {
  const transcript = read([
    user("u", null, "task"),
    user("v", "u", "<local-command-stdout>release notes</local-command-stdout>"),
    user("w", "v", "[compact get 3f2a9c1b: ok, 41 lines, 612 tokens]"),
    assistant("a", "w", "m", text("seen")),
  ]);
  expect(transcript.observations.map(({ toolName, outcome }) => [toolName, outcome])).toEqual([
    ["local-command", "ok"],
    ["local-command", "ok"],
  ]);
  expect(transcript.entries.map(({ turn }) => turn)).toEqual([1, 1, 1, 1]);
});

test("requests that the client logged are copies", () => {
  const transcript = read([
    user("u", null, "task"),
    {
      ...session,
      type: "api-request-blob",
      hash: "h",
      message: { role: "user", content: [{ type: "text", text: "x".repeat(300) }] },
    },
    {
      ...session,
      type: "api-request-shape",
      shapeHash: "h",
      shape: { system: [{ type: "text", text: "y".repeat(300) }] },
    },
  ]);
  expect(
    transcript.blocks.filter(({ kind }) => kind === "sidecar").map(({ entry }) => entry.line.number),
  ).toEqual([2, 3]);
});

test("two objects glued together by a torn write pass through with a warning that names the line", () => {
  const torn = '{"type":"assistant","message":{"stop_sequence":{"type":"file-history-snapshot"}';
  const transcript = read([user("u", null, "task"), torn, "", user("v", "u", "more")]);
  expect(transcript.warnings.map(({ line }) => line)).toEqual([2, 3]);
  expect(liveLines(transcript)).toEqual([1, 4]);
});
