// What a report says of all files together.
import { describe, expect, test } from "vitest";
import { buildReport } from "../../src/report/build.ts";
import { fileReport, sized } from "./reports.ts";

describe("the total", () => {
  test("adds up tokens, bytes, kinds, tools and stages", () => {
    const { total } = buildReport([fileReport("a"), fileReport("b", { status: "failed" })]);
    expect(total).toMatchObject({
      files: 2,
      found: 2,
      failed: 1,
      byStatus: { compacted: 1, failed: 1 },
      byFormat: { "claude-code": 2 },
      artifacts: 6,
      context: {
        tokensBefore: 2000,
        tokensAfter: 800,
        byKind: { observation: { before: 1800, after: 600 }, user: { before: 200, after: 200 } },
        byTool: { Bash: { before: 1800, after: 600 } },
        waste: { duplicate: 100, superseded: 40 },
      },
      disk: { before: 16000, after: 10000, parts: { sidecar: 4000, dead: 2000 } },
      stages: [{ stage: "mask-observations", deletions: 6, dropped: 2, lines: 80, tokens: 1200 }],
    });
  });

  test("counts a tool by its name, even where that means something to JavaScript", () => {
    const { context } = fileReport("a");
    const byTool = JSON.parse('{"__proto__":{"before":5,"after":5},"constructor":{"before":1,"after":1}}');
    const { total } = buildReport([fileReport("a", { context: { ...context, byTool } })]);
    expect(JSON.stringify(total.context.byTool)).toBe(
      '{"__proto__":{"before":5,"after":5},"constructor":{"before":1,"after":1}}',
    );
  });

  test("gives median, 90th percentile and worst by nearest rank, with the file that is worst", () => {
    const files = Array.from({ length: 20 }, (_, i) => sized(`f${i}`, 100 * (i + 1), 50));
    expect(buildReport(files).total.distribution.tokensBefore).toEqual({
      files: 20,
      median: 1000,
      p90: 1800,
      worst: 2000,
      worstPath: "f19",
    });
  });

  test("leaves files without context out of the distribution", () => {
    const { distribution } = buildReport([sized("a", 0, 0), sized("b", 10, 5)]).total;
    expect(distribution.share).toMatchObject({ files: 1, median: 0.5, worstPath: "b" });
  });

  test("has the recall of the files where it was evaluated, V and T apart, the lowest the worst", () => {
    const recalls = [0.9, 0.5, 0.8, 0.7].map((v, i) =>
      fileReport(`f${i}`, { recall: { cuts: 2, kept: 0.25, v, t: i === 0 ? 0.6 : undefined } }),
    );
    const { recall } = buildReport([...recalls, fileReport("g")]).total;
    expect(recall).toEqual({
      files: 4,
      cuts: 8,
      kept: 0.25,
      v: { mean: expect.closeTo(0.725), files: 4, median: 0.7, p90: 0.5, worst: 0.5, worstPath: "f1" },
      t: { mean: 0.6, files: 1, median: 0.6, p90: 0.6, worst: 0.6, worstPath: "f0" },
    });
    expect(buildReport([fileReport("g")]).total.recall).toBeUndefined();
  });

  test("grows over the files that got so far, and a kind that nothing was taken from stays as it was", () => {
    const long = fileReport("b", {
      growth: { steps: [1, 2, 3], before: { user: [1, 2, 3] }, after: {} },
    });
    const { growth } = buildReport([fileReport("a"), long]).total;
    expect(growth).toEqual({
      steps: [1, 2, 3],
      files: [2, 2, 1],
      before: { observation: [400, 900, 0], user: [101, 102, 3] },
      after: { observation: [100, 300, 0], user: [101, 102, 3] },
    });
  });

  test("lists the 10 largest observations and the most read files of all, each with its file", () => {
    const files = Array.from({ length: 15 }, (_, i) =>
      fileReport(`f${i}`, {
        largest: [{ line: 1, tool: "Read", target: `t${i}`, tokensBefore: i, tokensAfter: 0 }],
        reread: [{ target: `t${i}`, times: i, tokens: 1 }],
      }),
    );
    const { largest, reread } = buildReport(files).total;
    expect(largest.map(({ path }) => path)).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5].map((i) => `f${i}`));
    expect(reread[0]).toEqual({ path: "f14", target: "t14", times: 14, tokens: 1 });
  });
});
