import { describe, expect, test } from "vitest";
import { formats } from "../../src/formats/index.ts";
import { applyUndo, compact } from "../../src/index.ts";
import { parseCutText } from "../../src/transcript/marker.ts";
import { ANSWER, FAILED_STEP, STEPS, sessions, steps, TASK } from "./sessions.ts";
import { context, detect, differences, jsonl, read, tell } from "./transcripts.ts";

const names = formats.map(({ name }) => name);

test("has a written session for every format, and for nothing else", () => {
  expect(Object.keys(sessions).sort()).toEqual([...names].sort());
});

describe.each(Object.entries(sessions))("%s", (name, { records, toolName, good, resultPath }) => {
  const source = jsonl(records);
  const first = compact(source, { preset: "mask" });
  const output = Buffer.concat([...first.chunks()]);

  test("is recognised as itself", () => {
    expect(detect(records)?.name).toBe(name);
  });

  test("is recognised from any part of the file that holds a result, without its head", () => {
    const isWhole = formats.find((format) => format.name === name)?.wholeTranscripts;
    expect(detect(isWhole ? records : records.slice(-5))?.name).toBe(name);
  });

  test("shows the model the task, every call, every result and the answer, in order", () => {
    const seen = context(read(records));
    expect(seen).toContain(`user text: ${TASK}`);
    expect(seen.at(-1)).toBe(`assistant text: ${ANSWER}`);
    const results = seen.filter((text) => text.startsWith("tool result: "));
    expect(results).toHaveLength(STEPS);
    steps.forEach((step, n) => {
      expect(results[n]).toContain(step.output);
    });
    expect(seen.filter((text) => text.startsWith("assistant call: "))).toHaveLength(STEPS);
  });

  test("pairs each result with its call, and knows tool, command and outcome", () => {
    const { observations } = read(records);
    expect(observations.map(tell)).toMatchObject(
      steps.map(({ command, failed }) => ({
        toolName,
        target: command,
        outcome: failed ? expect.stringMatching(/^(exit 1|failed)$/) : good,
      })),
    );
    for (const { call, blocks } of observations) expect(call!.id).toBeLessThan(blocks[0]!.id);
  });

  test("counts one turn, a step for each call and one for the answer", () => {
    const { observations, blocks } = read(records);
    expect(observations.map(({ turn }) => turn)).toEqual(steps.map(() => 1));
    expect(observations.map(({ step }) => step)).toEqual(steps.map((_, n) => n + 1));
    const answer = blocks.findLast(({ role }) => role === "assistant");
    expect(answer?.entry.step).toBe(STEPS + 1);
  });

  test("masks older results where the model sees them, and changes nothing else", () => {
    const lines = output.toString().split("\n");
    const changed = source
      .toString()
      .split("\n")
      .flatMap((line, i) => (line === lines[i] ? [] : differences(JSON.parse(line), JSON.parse(lines[i]!))));
    // All but the newest ten and the error that nothing resolved.
    expect(changed).toEqual(Array(STEPS - 10 - 1).fill(resultPath));
  });

  test("reads its own output with the same outcomes, cut results as settled", () => {
    const before = read(records).observations;
    const after = read(output.toString().trimEnd().split("\n")).observations;
    expect(after.map(({ outcome }) => outcome)).toEqual(before.map(({ outcome }) => outcome));
    const cut = after.map(({ blocks }) => blocks[0]!.settled);
    expect(cut).toEqual(steps.map((_, n) => n < STEPS - 10 && n !== FAILED_STEP));
    for (const { blocks } of after.filter((_, n) => cut[n])) {
      expect(parseCutText(blocks[0]!.text!)?.marker.ref).toMatch(/^[0-9a-f]{8}$/);
    }
  });

  test("comes back byte for byte", () => {
    expect(applyUndo(output, first.undo!.splices).equals(source)).toBe(true);
  });

  test("is left alone by a second run", () => {
    const second = compact(output, { preset: "mask" });
    expect(second.undo).toBeUndefined();
    expect(Buffer.concat([...second.chunks()]).equals(output)).toBe(true);
  });
});
