// Proves that each invariant can fail: a sound run is broken in one place on purpose, and that invariant must say so.
import { describe, expect, test } from "vitest";
import { resolve } from "../../src/config/resolve.ts";
import { apply, type Output } from "../../src/engine/apply.ts";
import { Cutters } from "../../src/engine/block-cutter.ts";
import { type Cut, choose } from "../../src/engine/choose.ts";
import { BrokenPromiseError, checkInvariants, invariants } from "../../src/engine/invariants/index.ts";
import type { Run } from "../../src/engine/invariants/invariant.ts";
import { Prices } from "../../src/engine/prices.ts";
import { collectProposals } from "../../src/engine/proposals.ts";
import { protect } from "../../src/engine/protection.ts";
import { reread } from "../../src/engine/reread.ts";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import type { Splice } from "../../src/jsonl/splice.ts";
import { tokenCounter } from "../../src/tokens/index.ts";
import { type Block, type Line, type Range, WHOLE } from "../../src/transcript/types.ts";

const observation = Array.from(
  { length: 30 },
  (_, i) => `line ${i + 1} of a long listing of nothing in particular`,
).join("\n");

/** Two calls that may be cut and three newer ones that may not; the user text is in line 1. */
function source(): Buffer {
  const records: object[] = [{ role: "user", content: "Look around. ".repeat(40) }];
  for (let i = 0; i < 5; i++) {
    const call = {
      id: `c${i}`,
      type: "function",
      function: { name: "shell", arguments: `{"command":"ls ${i}"}` },
    };
    records.push({ role: "assistant", content: null, tool_calls: [call] });
    records.push({ role: "tool", tool_call_id: `c${i}`, content: observation });
  }
  return Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
}

/** A run as src/compact.ts makes it, with places to break it. */
function run(breaks: { cuts?: (cuts: Cut[]) => Cut[]; output?: (output: Output) => Output } = {}): Run {
  const bytes = source();
  const lines = frameLines(bytes);
  const transcript = [...readTranscripts(bytes, lines, detectFormat(lines)!.format)][0]!;
  const prices = new Prices(tokenCounter("o200k_base"));
  const protection = protect(transcript, [], prices);
  const cutters = new Cutters(transcript, prices, true);
  const { steps } = resolve({
    stages: [
      ["mask-observations", { keep: 4 }],
      ["extract-payloads", { minTokens: 500 }],
    ],
  });
  const proposals = [
    ...collectProposals(transcript, steps, { prices, protection, cutters }),
    tenLinesOf(transcript.observations[1]!.blocks[0]!),
  ];
  const choice = choose(transcript, proposals, protection, prices, { budget: undefined, cutters });
  const cuts = (breaks.cuts ?? ((same) => same))([...choice.cuts]);
  const output = (breaks.output ?? ((same) => same))(apply(transcript, cuts));
  return { transcript, protection, prices, cuts, output, changed: reread(cuts, output) };
}

function tenLinesOf(block: Block) {
  return {
    block,
    ranges: [[10, 20] as Range],
    unit: "lines" as const,
    stage: "test",
    reason: "test",
    level: 0,
  };
}

/** The cut of the block with ten lines missing, changed. */
const partial = (change: (cut: Cut) => Partial<Cut>) => (cuts: Cut[]) =>
  cuts.map((cut) => (cut.text.includes("\n") ? { ...cut, ...change(cut) } : cut));

/** The pieces of a cut with text exchanged in what was inserted. */
const exchange = (from: string | RegExp, to: string) =>
  partial(({ pieces }) => ({
    pieces: pieces.map((piece) => ("insert" in piece ? { insert: piece.insert.replace(from, to) } : piece)),
  }));

const breaks: readonly (readonly [invariant: string, how: string, broken: () => Run])[] = [
  [
    "verbatim",
    "a kept line was rewritten",
    () => run({ cuts: partial(({ pieces }) => ({ pieces: [...pieces, { insert: " indeed" }] })) }),
  ],
  [
    "verbatim",
    "a gap names fewer lines than are gone",
    () => run({ cuts: exchange("[...11-20]", "[...11-19]") }),
  ],
  ["verbatim", "the marker is missing", () => run({ cuts: exchange(/^\[compact.*\n/, "") })],
  ["untouched-bytes", "a splice reaches over the quotes", () => run({ output: reachOver })],
  [
    "untouched-bytes",
    "a byte was lost on the way out",
    () => run({ output: (output) => ({ ...output, chunks: output.chunks.slice(1) }) }),
  ],
  ["restorable", "the undo record lost what was removed", () => run({ output: forget })],
  ["valid-structure", "the line is no longer JSON", () => run({ cuts: exchange("[compact", '"') })],
  [
    "valid-structure",
    "a block became empty",
    () => run({ cuts: (cuts) => cuts.map((cut) => ({ ...cut, pieces: [] })) }),
  ],
  ["untouched-bytes", "a member was renamed", () => run({ output: rename })],
  ["protected-text", "one of the last operations was cut", cutLastOperation],
  ["protected-text", "user text was cut", cutUserText],
  [
    "never-larger",
    "a marker is longer than what it stands for",
    () => run({ cuts: exchange("]\n", `${" padding".repeat(300)}]\n`) }),
  ],
  [
    "readable-markers",
    "a marker names the wrong size",
    () => run({ cuts: exchange(/\d+ tokens/, "1 tokens") }),
  ],
  ["readable-markers", "a marker lies about the outcome", () => run({ cuts: exchange(": ran,", ": ok,") })],
];

test("a sound run breaks none of them", () => {
  expect(() => checkInvariants(run())).not.toThrow();
});

describe.each(breaks)("%s", (name, how, broken) => {
  test(`sees that ${how}`, () => {
    const violations = invariants.find((invariant) => invariant.name === name)!.check(broken());
    expect(violations.length).toBeGreaterThan(0);
    expect(violations[0]).toMatchObject({ line: expect.any(Number), message: expect.any(String) });
  });

  test(`stops the run when ${how}`, () => {
    expect(() => checkInvariants(broken())).toThrow(BrokenPromiseError);
  });
});

test("every invariant is broken by one of these", () => {
  expect(new Set(breaks.map(([name]) => name))).toEqual(new Set(invariants.map(({ name }) => name)));
});

/** The splices of the first changed line, exchanged for others. */
function respliced(output: Output, change: (line: Line, splices: readonly Splice[]) => Splice[]): Output {
  const [line, splices] = [...output.splices][0]!;
  return { ...output, splices: new Map([[line, change(line, splices)]]) };
}

/** Moves the first splice one byte out of its string. */
function reachOver(output: Output): Output {
  return respliced(output, (_line, [first, ...rest]) => [{ ...first!, start: first!.start - 1 }, ...rest]);
}

function forget(output: Output): Output {
  const [first, ...rest] = output.undo.splices;
  return { ...output, undo: { ...output.undo, splices: [{ ...first!, removed: Buffer.alloc(0) }, ...rest] } };
}

/** Writes another name into the first changed line: the reader of the output must notice. */
function rename(output: Output): Output {
  return respliced(output, (line, splices) => {
    const start = line.bytes.indexOf("tool_call_id");
    return [{ start, end: start + 4, insert: "TOOL" }, ...splices].sort((a, b) => a.start - b.start);
  });
}

/** A cut of a block that no stage may have. */
function cutWhole(pick: (run: Run) => Block): Run {
  const sound = run();
  const block = pick(sound);
  const cut: Cut = {
    block,
    observation: sound.transcript.observations[0],
    pieces: [{ insert: "[compact get 3f2a9c1b: ran, 30 lines, 301 tokens]" }],
    text: "",
    artifact: undefined,
    tokens: 20,
  };
  const output = apply(sound.transcript, [cut]);
  expect(sound.protection.ranges(block)).toEqual([WHOLE]);
  return { ...sound, cuts: [cut], output, changed: reread([cut], output) };
}

function cutLastOperation(): Run {
  return cutWhole(({ transcript }) => transcript.observations.at(-1)!.blocks[0]!);
}

function cutUserText(): Run {
  return cutWhole(({ transcript }) => transcript.blocks.find(({ role }) => role === "user")!);
}
