// `compact hook`: the built program, as a harness calls it. It answers at once and never fails; what it starts goes on alone.
import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, utimesSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { finished, type Outcome, Place } from "../cli/run.ts";

const sample = readFileSync(join(import.meta.dirname, "../../samples/claude-code.jsonl"), "utf8");
const SESSION = ".claude/projects/-home-dev/s.jsonl";
const LOG = "work/.compact/harness/log.jsonl";
/** The sample has 27,676 tokens: above the trigger of such a window. */
const SMALL_WINDOW = ["--window", "20k", "--min-savings", "1k"];

/** A home with one session, and a directory in which the agent works. */
function placeWith(session = sample): Place {
  const place = new Place();
  place.write(SESSION, session);
  place.makeDirectory("work");
  return place;
}

function input(place: Place, fields: Record<string, unknown>): string {
  return JSON.stringify({
    session_id: "s",
    transcript_path: place.path(SESSION),
    cwd: place.path("work"),
    ...fields,
  });
}

const hook = (place: Place, text: string, args: readonly string[] = []): Promise<Outcome> =>
  place.run(["hook", "claude-code", ...args], { input: text });

const silence = { stdout: "", stderr: "", code: 0 };

/** What the log says, once it says as much as is expected. */
async function log(place: Place, entries: number): Promise<Record<string, unknown>[]> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const lines = place.exists(LOG) ? place.read(LOG).trimEnd().split("\n") : [];
    if (lines.length >= entries) return lines.map((line) => JSON.parse(line));
    await pause(50);
  }
  throw new Error(`the log has fewer than ${entries} lines`);
}

/** A session of which something was moved out. */
async function compactedPlace(): Promise<Place> {
  const place = placeWith();
  const { code } = await place.run(["-q", "-i", SESSION, "-a", "work/.compact"]);
  expect(code).toBe(0);
  return place;
}

const context = ({ stdout }: Outcome): string => JSON.parse(stdout).hookSpecificOutput.additionalContext;

describe("when a turn has ended", () => {
  test("says nothing, and the session is cut in the background once it reaches the trigger", async () => {
    const place = placeWith();
    expect(await hook(place, input(place, { hook_event_name: "Stop" }), SMALL_WINDOW)).toEqual(silence);
    const [, cut] = await log(place, 2);
    expect(cut).toMatchObject({
      harness: "claude-code",
      event: "Stop",
      did: "cut",
      path: place.path(SESSION),
    });
    expect(place.read(SESSION)).toContain("[compact get ");
    const { stdout } = await place.run(["restore", SESSION, "-a", "work/.compact"]);
    expect(stdout).toBe(sample);
  });

  test("puts what went where the project is, wherever the agent works at the moment", async () => {
    const place = placeWith();
    place.makeDirectory("work/packages/one");
    const text = input(place, { hook_event_name: "Stop", cwd: place.path("work/packages/one") });
    const env = { CLAUDE_PROJECT_DIR: place.path("work") };
    await place.run(["hook", "claude-code", ...SMALL_WINDOW], { input: text, env });
    await log(place, 2);
    expect(place.exists("work/.compact/artifacts")).toBe(true);
    expect(place.exists("work/packages/one/.compact")).toBe(false);
  });

  test("leaves a session below the trigger as it is", async () => {
    const place = placeWith();
    await hook(place, input(place, { hook_event_name: "Stop" }));
    expect(await log(place, 1)).toMatchObject([{ did: "watching" }]);
    expect(place.read(SESSION)).toBe(sample);
  });

  test("two at once: the session is cut once, and stays whole", async () => {
    const place = placeWith();
    const text = input(place, { hook_event_name: "Stop" });
    const both = await Promise.all([hook(place, text, SMALL_WINDOW), hook(place, text, SMALL_WINDOW)]);
    expect(both).toEqual([silence, silence]);
    await log(place, 3); // each looks, and one cuts
    const { stdout } = await place.run(["restore", SESSION, "-a", "work/.compact"]);
    expect(stdout).toBe(sample);
  });

  test("the work has none of the streams of the hook, so that nobody waits for it", async () => {
    const place = placeWith();
    const child = place.start(["hook", "claude-code", ...SMALL_WINDOW]);
    child.stdin?.end(input(place, { hook_event_name: "Stop" }));
    const closed = finished(child).then(() => place.read(SESSION));
    expect(await closed).toBe(sample); // not yet cut when the last holder of the streams has gone
    await log(place, 2);
  });
});

describe("when a session is resumed", () => {
  const resumed = { hook_event_name: "SessionStart", source: "resume" };

  test("tells the agent how to get back what was moved out", async () => {
    const place = await compactedPlace();
    const outcome = await hook(place, input(place, resumed));
    expect(outcome).toMatchObject({ stderr: "", code: 0 });
    expect(context(outcome)).toContain("`compact get REF`");
    expect(context(outcome)).toContain("`compact search QUERY`");
  });

  test("says nothing of a session from which nothing was moved out", async () => {
    const place = placeWith();
    expect(await hook(place, input(place, resumed))).toEqual(silence);
  });

  test("says it once: not where the transcript shows that it was said", async () => {
    const place = await compactedPlace();
    const said = context(await hook(place, input(place, resumed)));
    place.write(
      SESSION,
      `${place.read(SESSION)}${JSON.stringify({ type: "attachment", content: [said] })}\n`,
    );
    expect(await hook(place, input(place, resumed))).toEqual(silence);
  });
});

describe("when the harness summarises", () => {
  test("keeps every observation and what the session established, and gives the agent the facts after it", async () => {
    const place = placeWith();
    const before = input(place, { hook_event_name: "PreCompact", trigger: "auto" });
    expect(await hook(place, before)).toEqual(silence);
    const [{ observations } = {}] = await log(place, 1);
    expect(observations).toBeGreaterThan(30);
    expect(place.read(SESSION)).toBe(sample);
    expect(place.files("work/.compact/undo")).toEqual([]); // nothing was removed: nothing to undo
    const found = await place.run(["search", '"ECONNREFUSED 127.0.0.1"', "-a", "work/.compact"]);
    expect(found.stdout).toContain("connect ECONNREFUSED 127.0.0.1:5432");
    const after = input(place, { hook_event_name: "SessionStart", source: "compact" });
    const briefing = context(await hook(place, after));
    expect(briefing).toContain("`compact search QUERY`");
    expect(briefing).toContain("Never touch the migrations folder");
    expect(context(await hook(place, after))).not.toContain("Never touch the migrations folder");
  });

  test("what it keeps has the ref that a later cut names, and gc does not take it for an orphan", async () => {
    const place = placeWith();
    await hook(place, input(place, { hook_event_name: "PreCompact" }), ["--now"]);
    const kept = place.files("work/.compact/artifacts");
    await place.run(["-q", SESSION, "-o", "smaller.jsonl", "-a", "work/.compact"]);
    expect(place.files("work/.compact/artifacts")).toEqual(kept);
    const longAgo = new Date(0); // gc leaves alone what is young
    for (const name of place.files("work/.compact"))
      utimesSync(place.path(`work/.compact/${name}`), longAgo, longAgo);
    const { stdout } = await place.run(["gc", "-a", "work/.compact"]);
    expect(stdout).toContain("nothing that nobody needs");
    const restored = await place.run(["restore", "smaller.jsonl", "-a", "work/.compact"]);
    expect(restored.stdout).toBe(sample);
  });

  test("what it keeps stays while the session counts for gc, also when it has grown", async () => {
    const place = placeWith();
    await hook(place, input(place, { hook_event_name: "PreCompact" }), ["--now"]);
    const kept = place.files("work/.compact/artifacts");
    place.write("grown.jsonl", `${sample}{"type":"summary","summary":"What was done","leafUuid":"x"}\n`);
    const longAgo = new Date(0);
    for (const name of place.files("work/.compact"))
      utimesSync(place.path(`work/.compact/${name}`), longAgo, longAgo);
    await place.run(["gc", "--keep", "grown.jsonl", "--force", "-a", "work/.compact"]);
    expect(place.files("work/.compact/artifacts")).toEqual(kept);
  });

  test("asks the summariser to keep the refs, where there are any", async () => {
    const place = await compactedPlace();
    const { stdout } = await hook(place, input(place, { hook_event_name: "PreCompact" }));
    expect(stdout).toMatch(/^Lines such as \[compact get REF: \.\.\.\] are commands .+\n$/);
    await log(place, 1);
  });
});

describe("never fails the agent", () => {
  test.each([
    ["half of a JSON text", '{"hook_event_name":"St'],
    ["nothing", ""],
    ["a list", "[]"],
    ["bytes that are no text", "\u0000\u0001"],
  ])("with %s on stdin", async (_name, text) => {
    expect(await hook(placeWith(), text)).toEqual(silence);
  });

  test.each([
    ["an event that nobody knows", { hook_event_name: "Reconsider" }],
    ["an event that is a property of every object", { hook_event_name: "constructor" }],
    ["no event", {}],
    ["a transcript that is not there", { hook_event_name: "Stop", transcript_path: "/nowhere/s.jsonl" }],
    ["no transcript", { hook_event_name: "Stop", transcript_path: null }],
    ["a directory that is not there", { hook_event_name: "Stop", cwd: "/nowhere" }],
  ])("with %s", async (_name, fields) => {
    const place = placeWith();
    expect(await hook(place, input(place, fields))).toEqual(silence);
    expect(place.read(SESSION)).toBe(sample);
  });

  test.each([
    "elsewhere/s.jsonl",
    ".claude/projects/-home-dev/link.jsonl",
    ".claude/projects/-home-dev/s.txt",
  ])("with a transcript that is not the harness's: %s stays as it is, and the log says why", async (name) => {
    const place = placeWith();
    const file = name.includes("link") ? "elsewhere/target.jsonl" : name;
    place.write(file, sample);
    if (file !== name) place.link(place.path(file), name);
    const fields = { hook_event_name: "Stop", transcript_path: place.path(name) };
    expect(await hook(place, input(place, fields), SMALL_WINDOW)).toEqual(silence);
    const [entry] = await log(place, 1);
    expect(entry?.failed).toMatch(/^transcript .+, expected/);
    expect(place.read(file)).toBe(sample);
  });

  test("with a harness that it does not know: the log says which there are", async () => {
    const place = placeWith();
    const outcome = await place.run(["hook", "clod"], { input: "{}" });
    expect(outcome).toEqual(silence);
    expect(place.read(".compact/harness/log.jsonl")).toContain("expected claude-code or codex");
  });

  test("with a stdin that never ends, and the input whole: answers all the same", async () => {
    const place = await compactedPlace();
    const child = place.start(["hook", "claude-code"]);
    child.stdin?.write(input(place, { hook_event_name: "SessionStart", source: "resume" }));
    expect((await finished(child)).stdout).toContain("compact get REF");
  });

  test("with a stdin that never ends, and nothing on it: gives up", async () => {
    expect(await finished(placeWith().start(["hook", "claude-code"]))).toEqual(silence);
  });

  test("with a store that is a file", async () => {
    const place = await compactedPlace();
    place.remove("work/.compact");
    place.write("work/.compact", "");
    for (const event of ["Stop", "PreCompact", "Reconsider"]) {
      expect((await hook(place, input(place, { hook_event_name: event }))).code).toBe(0);
    }
    const resumed = input(place, { hook_event_name: "SessionStart", source: "resume" });
    expect((await hook(place, resumed)).stdout).toContain("compact get REF");
  });

  test("with a reader that has gone", async () => {
    const place = await compactedPlace();
    const child = place.start(["hook", "claude-code"]);
    child.stdout?.destroy();
    child.stdin?.end(input(place, { hook_event_name: "SessionStart", source: "resume" }));
    expect(await finished(child)).toEqual(silence);
  });

  test("with no compact on the PATH: the installed command ends well", async () => {
    const place = new Place();
    await place.main(["init", "claude-code", "--write"]);
    const { command } = JSON.parse(place.read(".claude/settings.json")).hooks.Stop[0].hooks[0];
    const shell = ["-c", `{ ${command}; } 2>/dev/null`];
    expect(execFileSync("/bin/sh", shell, { env: { PATH: "/nowhere" }, encoding: "utf8" })).toBe("");
  });
});

describe("--now", () => {
  test("does the work, and says what was done", async () => {
    const place = placeWith();
    const text = input(place, { hook_event_name: "Stop" });
    const { stdout, stderr, code } = await hook(place, text, ["--now", ...SMALL_WINDOW]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(stderr).toContain('"event":"cut"');
    expect(place.read(SESSION)).toContain("[compact get ");
  });

  test("says what is wrong, as other commands do", async () => {
    const place = placeWith();
    const outside = await hook(place, input(place, { hook_event_name: "Stop", transcript_path: "s.jsonl" }), [
      "--now",
    ]);
    expect(outside.code).toBe(2);
    expect(outside.stderr).toMatch(/^compact: transcript `s\.jsonl`, expected an absolute path/);
    const unknown = await place.run(["hook", "clod", "--now"], { input: "{}" });
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("expected one of claude-code, codex");
  });

  test("ends, and leaves the session as it was, where the store cannot be written", async () => {
    const place = placeWith();
    place.write("work/.compact", "");
    const text = input(place, { hook_event_name: "Stop" });
    const { code, stderr } = await hook(place, text, ["--now", ...SMALL_WINDOW]);
    expect(code).toBe(2);
    expect(stderr).toContain('"event":"failed"');
    expect(place.read(SESSION)).toBe(sample);
  });

  test("prints the answer of a hook that has no work", async () => {
    const place = await compactedPlace();
    const text = input(place, { hook_event_name: "SessionStart", source: "resume" });
    expect(context(await hook(place, text, ["--now"]))).toContain("compact get REF");
  });
});

describe("a session whose writer holds the file", () => {
  test("is cut in place when the session has ended and the writer lets go", async () => {
    const place = placeWith();
    const rollout = ".codex/sessions/2026/s.jsonl";
    place.write(rollout, readFileSync(join(import.meta.dirname, "../../samples/codex.jsonl")));
    const descriptor = openSync(place.path(rollout), "a");
    try {
      const ended = JSON.stringify({
        hook_event_name: "SessionEnd",
        transcript_path: place.path(rollout),
        cwd: place.path("work"),
      });
      const outcome = await place.run(["hook", "codex", ...SMALL_WINDOW], { input: ended });
      expect(outcome).toEqual(silence);
      await pause(500);
      expect(place.read(rollout)).not.toContain("[compact get ");
      writeSync(
        descriptor,
        '{"timestamp":"2026-01-01T00:00:00Z","type":"event_msg","payload":{"type":"last"}}\n',
      );
    } finally {
      closeSync(descriptor);
    }
    const entries = await log(place, 2);
    expect(entries.at(-1)).toMatchObject({ harness: "codex", event: "SessionEnd", did: "cut" });
    expect(place.read(rollout)).toContain("[compact get ");
    expect(place.read(rollout)).toContain('"type":"last"');
  });
});
