// Where transcripts are cut, and what a compactor gets to see.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cutsOf } from "../../src/evaluate/recall/cut.ts";
import { detectFormat, formats, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import { read, session } from "./session.ts";

const steps = Array.from({ length: 8 }, (_, i) => ({ call: { command: `make ${i}` }, result: `made ${i}` }));

test("a session is cut after a quarter, half and three quarters of its steps, each with its results", () => {
  const cuts = cutsOf(read(session(steps)));
  expect(cuts.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75]);
  expect(cuts.map(({ prefix }) => read(prefix).observations.length)).toEqual([2, 4, 6]);
});

test("a prefix is the beginning of the file, byte for byte", () => {
  const source = session(steps);
  for (const { prefix } of cutsOf(read(source))) expect(source.startsWith(prefix.toString())).toBe(true);
});

test("results that come late belong to the step that called for them", () => {
  const call = (id: string) => ({
    id,
    type: "function",
    function: { name: "bash", arguments: '{"command":"make"}' },
  });
  const result = (id: string) => ({ role: "tool", tool_call_id: id, content: `of ${id}` });
  const messages = [
    { role: "user", content: "go" },
    { role: "assistant", content: "", tool_calls: [call("slow")] },
    { role: "assistant", content: "", tool_calls: [call("quick")] },
    result("quick"),
    { role: "assistant", content: "waiting" },
    result("slow"),
    ...Array.from({ length: 3 }, () => ({ role: "assistant", content: "done" })),
    { role: "user", content: "thanks" },
    { role: "assistant", content: "welcome" },
  ];
  const transcript = read(messages.map((message) => JSON.stringify(message)).join("\n"));
  for (const { prefix } of cutsOf(transcript)) {
    const { observations, blocks } = read(prefix);
    expect(observations.length).toBe(blocks.filter(({ kind }) => kind === "call").length);
  }
});

test("a session of one step is not cut", () => {
  expect(cutsOf(read(session(steps.slice(0, 1))))).toEqual([]);
});

test.each(formats.map(({ name }) => name))(
  "of a sample in format %s every prefix can be read, and ends earlier",
  (name) => {
    const source = readFileSync(join(import.meta.dirname, "../../samples", `${name}.jsonl`));
    const { format } = detectFormat(frameLines(source))!;
    for (const transcript of readTranscripts(source, frameLines(source), format, { revive: "all" })) {
      const counts = cutsOf(transcript).map(({ prefix }) => {
        const [part] = readTranscripts(prefix, frameLines(prefix), format);
        expect(part!.warnings).toEqual([]);
        return part!.entries.length;
      });
      const longer = [...counts, transcript.entries.length];
      for (const [i, count] of counts.entries()) expect(count).toBeLessThan(longer[i + 1]!);
    }
  },
);
