// `compact restore`: the way back.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { CUT, claudeAppendix, claudeSession, codexRollout, openaiChat, refsIn } from "./transcripts.ts";

const SESSION = claudeSession();

/** A place with `small.jsonl`, compacted from a session. */
async function compacted(session: string, ...flags: string[]): Promise<Place> {
  const place = new Place();
  place.write("session.jsonl", session);
  const { code } = await place.main(["-q", "session.jsonl", "-o", "small.jsonl", ...flags]);
  expect(code).toBe(0);
  expect(place.read("small.jsonl").length).toBeLessThan(session.length);
  return place;
}

/** The same content, spaced and escaped in another way, as a fork or an export writes it. */
function reserialised(transcript: string): string {
  return transcript.replace(/^.+$/gm, (line) => JSON.stringify(JSON.parse(line)).replaceAll('":', '": '));
}

describe("restore", () => {
  test.each([
    ["a Claude Code session", SESSION],
    ["a Codex rollout", codexRollout()],
    ["an OpenAI chat", openaiChat()],
  ])("gives %s back byte for byte", async (_what, session) => {
    const place = await compacted(session);
    const { stdout, stderr, code } = await place.main(["restore", "small.jsonl"]);
    expect({ stderr, code, same: stdout === session }).toEqual({ stderr: "", code: 0, same: true });
  });

  test("reads stdin, and writes a file with -o, under the rules of -o", async () => {
    const place = await compacted(SESSION);
    const piped = await place.main(["restore"], { input: place.bytes("small.jsonl") });
    expect({ code: piped.code, same: piped.stdout === SESSION }).toEqual({ code: 0, same: true });

    const written = await place.main(["restore", "small.jsonl", "-o", "back.jsonl"]);
    expect(written).toEqual({ stdout: "", stderr: "", code: 0 });
    expect(place.read("back.jsonl") === SESSION).toBe(true);

    const again = await place.main(["restore", "small.jsonl", "-o", "back.jsonl"]);
    expect(again).toEqual({
      stdout: "",
      stderr: `compact: small.jsonl: ${place.path("back.jsonl")} exists, expected a new name\n  add --force to replace it\n`,
      code: 2,
    });
    expect((await place.main(["restore", "small.jsonl", "-o", "small.jsonl", "--force"])).code).toBe(2);
  });

  test("gives back what was appended after the compaction", async () => {
    const place = await compacted(SESSION);
    const appendix = claudeAppendix(SESSION);
    const { stdout, stderr, code } = await place.main(["restore"], {
      input: place.read("small.jsonl") + appendix,
    });
    expect({ stderr, code, same: stdout === SESSION + appendix }).toEqual({
      stderr: "",
      code: 0,
      same: true,
    });
  });

  test("gives back what was appended to a file without a final line feed", async () => {
    const place = await compacted(SESSION.trimEnd());
    const appendix = `\n${claudeAppendix(SESSION)}`;
    const { stdout, stderr, code } = await place.main(["restore"], {
      input: place.read("small.jsonl") + appendix,
    });
    expect({ stderr, code, same: stdout === SESSION.trimEnd() + appendix }).toEqual({
      stderr: "",
      code: 0,
      same: true,
    });
  });

  test("goes back through two compactions in a row", async () => {
    const place = await compacted(SESSION);
    const second = await place.main([
      "-q",
      "-s",
      "mask-observations:keep=4",
      "small.jsonl",
      "-o",
      "smaller.jsonl",
    ]);
    expect({ code: second.code, refs: refsIn(place.read("smaller.jsonl")).length }).toEqual({
      code: 0,
      refs: 10,
    });
    const { stdout, stderr, code } = await place.main(["restore", "smaller.jsonl"]);
    expect({ stderr, code, same: stdout === SESSION }).toEqual({ stderr: "", code: 0, same: true });
  });

  test("goes back through compact, append, compact, append", async () => {
    const place = new Place();
    const first = claudeSession({ calls: 14 });
    const grown = claudeSession({ calls: 24 });
    const last = claudeAppendix(grown);
    place.write("s.jsonl", first);
    await place.main(["-q", "-i", "s.jsonl"]);
    place.write("s.jsonl", place.read("s.jsonl") + grown.slice(first.length));
    await place.main(["-q", "-i", "s.jsonl"]);
    place.write("s.jsonl", place.read("s.jsonl") + last);
    expect(refsIn(place.read("s.jsonl")).length).toBeGreaterThan(CUT);
    const { stdout, stderr, code } = await place.main(["restore", "s.jsonl"]);
    expect({ stderr, code, same: stdout === grown + last }).toEqual({ stderr: "", code: 0, same: true });
  });

  test("passes a file through of which nothing was removed, with 0", async () => {
    for (const input of [SESSION, "", "not json\n", "{}"]) {
      const { stdout, stderr, code } = await new Place().main(["restore"], { input });
      expect({ stderr, code, same: stdout === input }).toEqual({ stderr: "", code: 0, same: true });
    }
  });

  test("goes back from a file that was compacted without a final change", async () => {
    const place = await compacted(SESSION);
    const second = await place.main(["-q", "small.jsonl"]);
    expect({ code: second.code, same: second.stdout === place.read("small.jsonl") }).toEqual({
      code: 0,
      same: true,
    });
  });
});

describe("restore of a file that no undo record knows", () => {
  test("fills the blocks from the artifacts, and says with 1 that the bytes are not verified", async () => {
    for (const session of [codexRollout(), openaiChat()]) {
      const place = await compacted(session);
      const fork = reserialised(place.read("small.jsonl"));
      const { stdout, stderr, code } = await place.main(["restore"], { input: fork });
      expect({ stderr, code }).toEqual({
        stderr: "compact: stdin: content restored, bytes not verified\n",
        code: 1,
      });
      expect(stdout === reserialised(session)).toBe(true);
    }
  });

  test("fills blocks of which a part was kept", async () => {
    const session = openaiChat({ calls: 5, lines: 900 });
    const place = await compacted(session, "-s", "extract-payloads:minTokens=500");
    expect(place.read("small.jsonl")).toContain("[...21-880]");
    const { stdout, code } = await place.main(["restore"], {
      input: reserialised(place.read("small.jsonl")),
    });
    expect({ code, same: stdout === reserialised(session) }).toEqual({ code: 1, same: true });
  });

  test("says how many copies stay removed, which the undo record alone had", async () => {
    const place = await compacted(SESSION);
    const { stderr, code } = await place.main(["restore"], {
      input: reserialised(place.read("small.jsonl")),
    });
    expect({ stderr, code }).toEqual({
      stderr:
        "compact: stdin: content restored, bytes not verified\n" +
        "compact: stdin: 14 copies that the model never sees stay removed\n",
      code: 1,
    });
  });

  test("names every missing piece, with 2 and nothing on stdout", async () => {
    const place = await compacted(openaiChat());
    const refs = refsIn(place.read("small.jsonl"));
    const { stdout, stderr, code } = await place.main(["restore", "small.jsonl", "-a", "elsewhere"]);
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: [
        ...refs.map((ref, i) => `compact: small.jsonl:${2 * i + 3}: artifact ${ref} is not in the store`),
        "compact: small.jsonl: cannot be restored, nothing was written",
        `  looked in ${place.path("elsewhere")}; name another store with -a DIR`,
        "",
      ].join("\n"),
      code: 2,
    });
  });

  test("says so when the store is no directory", async () => {
    const place = await compacted(openaiChat());
    const { stdout, stderr, code } = await place.main(["restore", "small.jsonl", "-a", "small.jsonl"]);
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: `compact: small.jsonl: the store ${place.path("small.jsonl")} cannot be read: a part of the path is not a directory\n  name another place with -a DIR\n`,
      code: 2,
    });
  });

  test("writes no file either when a piece is missing", async () => {
    const place = await compacted(openaiChat());
    const { code } = await place.main(["restore", "small.jsonl", "-a", "elsewhere", "-o", "back.jsonl"]);
    expect({ code, exists: place.exists("back.jsonl") }).toEqual({ code: 2, exists: false });
  });

  test("says so when text was cut without storing it", async () => {
    const place = await compacted(openaiChat(), "--no-artifacts");
    const { stdout, stderr, code } = await place.main(["restore", "small.jsonl"]);
    expect({ stdout, code, first: stderr.split("\n")[0] }).toEqual({
      stdout: "",
      code: 2,
      first: "compact: small.jsonl:3: cut without storing it (--no-artifacts)",
    });
  });

  test("does not take a damaged artifact for the text", async () => {
    const place = await compacted(openaiChat());
    const [artifact = ""] = place.files(".compact/artifacts");
    place.write(
      `.compact/artifacts/${artifact}`,
      place.read(`.compact/artifacts/${artifact}`).replace("unit", "UNIT"),
    );
    const { stdout, stderr, code } = await place.main(["restore"], {
      input: reserialised(place.read("small.jsonl")),
    });
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(/^compact: stdin:\d+: artifact [0-9a-f]{8} is damaged$/m);
  });
});

describe("restore with a damaged undo record", () => {
  test.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ["empty", () => Buffer.alloc(0)],
    [
      "with a bit turned",
      (bytes: Buffer) => bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte)),
    ],
    ["other text", () => Buffer.from("hello")],
  ])("names it, with 2 and nothing on stdout: %s", async (_how, damage) => {
    const place = await compacted(SESSION);
    const name = `.compact/undo/${place.files(".compact/undo")[0]}`;
    place.write(name, damage(place.bytes(name)));
    const { stdout, stderr, code } = await place.main(["restore", "small.jsonl"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(`compact: small.jsonl: ${place.path(name)}: `);
    expect(stderr).toContain("  move it away to fill what the model sees from the artifacts\n");

    place.remove(name);
    const filled = await place.main(["restore", "small.jsonl"]);
    expect({ code: filled.code, restored: refsIn(filled.stdout).length }).toEqual({ code: 1, restored: 0 });
  });
});
