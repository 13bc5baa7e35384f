// `compact facts FILE...`: what sessions establish.
import { describe, expect, test } from "vitest";
import { chat, shell } from "../memory/chat.ts";
import { Place } from "./run.ts";
import { claudeSession } from "./transcripts.ts";

const MONDAY = chat(["Never push to main.", shell("npm test", "Error: broken", 1)]);
const TUESDAY = chat([shell("npm test")]);

describe("facts", () => {
  test("prints Markdown, or everything as JSON", async () => {
    const place = new Place();
    place.write("a.jsonl", MONDAY);
    const { stdout, stderr, code } = await place.main(["facts", "a.jsonl"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toContain('- forbid: "Never push to main." (line 1)\n');
    const { stdout: json } = await place.main(["facts", "--json", "a.jsonl"]);
    expect(JSON.parse(json)).toMatchObject({ version: 1, errors: [{ status: "open" }] });
  });

  test("merges the sessions that a quoted glob names", async () => {
    const place = new Place();
    place.write("runs/1.jsonl", MONDAY);
    place.write("runs/deep/2.jsonl", TUESDAY);
    const { stdout, code } = await place.main(["facts", "--json", "runs/**/*.jsonl"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      transcripts: ["runs/1.jsonl", "runs/deep/2.jsonl"],
      errors: [{ status: "resolved", resolvedBy: { transcript: "runs/deep/2.jsonl" } }],
    });
  });

  test("says the same of a transcript before and after compaction", async () => {
    const place = new Place();
    const before = await place.main(["facts", "--json"], { input: claudeSession() });
    const { stdout: smaller } = await place.main(["-q"], { input: claudeSession() });
    expect(smaller.length).toBeLessThan(claudeSession().length);
    expect(await place.main(["facts", "--json"], { input: smaller })).toEqual(before);
  });

  test("tells of a file of no known format, and goes on", async () => {
    const place = new Place();
    place.write("a.jsonl", MONDAY);
    place.write("b.txt", "hello\n");
    const { stdout, stderr, code } = await place.main(["facts", "b.txt", "a.jsonl"]);
    expect(stdout).toContain("Never push to main.");
    expect(stderr).toContain("b.txt: no known transcript format");
    expect(code).toBe(1);
  });

  test.each([
    [["facts", "--since", "soon", "a.jsonl"], "--since soon: expected a line"],
    [["facts", "--max-tokens", "few", "a.jsonl"], "--max-tokens few: expected a number"],
    [["facts", "--json", "--max-tokens", "9", "a.jsonl"], "expected no --md and no --max-tokens"],
    [["facts", "*.nothing"], "*.nothing: no such file or directory"],
    [["--since", "3", "a.jsonl"], "unknown option"],
  ])("refuses %j", async (args, message) => {
    const place = new Place();
    place.write("a.jsonl", MONDAY);
    const { stdout, stderr, code } = await place.main(args);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(message);
  });
});
