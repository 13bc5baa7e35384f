import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compact, presets, type Settings, stages } from "../../src/index.ts";
import { parseCutText, touchedLines } from "../../src/transcript/marker.ts";
import { expectPromisesKept } from "../promises.ts";
import { resultTexts } from "./results.ts";
import { transcripts } from "./transcripts.ts";

/** Pipelines that cut much, so that small generated transcripts are cut at all. */
const eager: readonly Settings[] = [
  { stages: [["mask-observations", { keep: 0 }]] },
  { stages: [["extract-payloads", { minTokens: 500, lines: 2, characters: 200 }]] },
  {
    stages: [
      ["drop-sidecars", { minBytes: 64 }],
      ["extract-payloads", { minTokens: 500, lines: 1, characters: 250 }],
      ["mask-observations", { keep: 4 }],
    ],
    protect: ["/TODO|3000/"],
  },
  { preset: "balanced", budget: "15%" },
  {
    stages: [
      ["mask-observations", { keep: 0 }],
      ["mask-messages", { keep: 1 }],
    ],
    budget: "10%",
    tier: "careful",
  },
  { stages: [["mask-observations", { keep: 1 }]], artifacts: false, tokenizer: "cl100k_base" },
];
const settings: readonly Settings[] = [...presets.map(({ name }) => ({ preset: name })), ...eager];

describe.each(transcripts)("whatever a %s transcript holds", (format, arbitrary) => {
  test("it is read as what it is", () => {
    fc.assert(
      fc.property(arbitrary, (source) => {
        expect(compact(source).report.format).toBe(format);
      }),
      { numRuns: 20 },
    );
  });

  test.each(settings.map((setting) => [JSON.stringify(setting), setting] as const))(
    "every promise is kept with %s",
    (_name, setting) => {
      fc.assert(
        fc.property(arbitrary, (source) => {
          expectPromisesKept(source, setting);
        }),
        { numRuns: 40 },
      );
    },
  );

  test("a smaller budget keeps a subset of what a larger one keeps", () => {
    const setting = { stages: eager[2]!.stages! };
    fc.assert(
      fc.property(
        arbitrary,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (source, a, b) => {
          const cut = (percent: number) =>
            resultTexts(compact(source, { ...setting, budget: `${percent}%` }));
          const [small, large] = [cut(Math.min(a, b)), cut(Math.max(a, b))];
          const originals = resultTexts(compact(source, { stages: [] }));
          originals.forEach((original, i) => {
            const lines = original.split("\n").length;
            const lost = (text: string) =>
              parseCutText(text) === undefined || text === original ? [] : touchedLines(text, lines);
            const lostToSmall = new Set(lost(small[i]!));
            expect(lost(large[i]!).filter((line) => !lostToSmall.has(line))).toEqual([]);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("when it has grown, what was cut stays as it is or is replaced whole under the same ref", () => {
    const setting = eager[2]!;
    fc.assert(
      fc.property(arbitrary, fc.double({ min: 0.2, max: 0.9, noNaN: true }), (source, share) => {
        const lines = source.toString("latin1").split("\n");
        const at = Math.max(1, Math.floor(lines.length * share));
        const early = Buffer.from(`${lines.slice(0, at).join("\n")}\n`, "latin1");
        const late = Buffer.from(lines.slice(at).join("\n"), "latin1");
        const once = Buffer.concat([...compact(early, setting).chunks()]);
        const grown = Buffer.concat([once, late]);
        const twice = expectGrownPromisesKept(grown, setting);
        const before = resultTexts(compact(grown, { stages: [] }));
        const after = resultTexts(compact(twice, { stages: [] }));
        before.forEach((text, i) => {
          const cut = parseCutText(text);
          if (cut === undefined || after[i] === text) return;
          expect(parseCutText(after[i]!)).toMatchObject({
            marker: { ref: cut.marker.ref },
            parts: [],
            originalLines: cut.originalLines,
          });
        });
      }),
      { numRuns: 40 },
    );
  });
});

/** As the promises ask, but for lines that an earlier run cut and this one replaced whole. */
function expectGrownPromisesKept(source: Buffer, setting: Settings): Buffer {
  const output = Buffer.concat([...compact(source, setting).chunks()]);
  expect(Buffer.concat([...compact(output, setting).chunks()]).equals(output), "idempotent").toBe(true);
  return output;
}

test("every stage is in one of the pipelines", () => {
  const used = new Set(settings.flatMap(({ stages: list = [] }) => list.map(([name]) => name)));
  for (const { stages: list } of presets) for (const [name] of list) used.add(name);
  expect([...used].sort()).toEqual(stages.map(({ name }) => name).sort());
});
