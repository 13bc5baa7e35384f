// In: what to differ in. Out: rows of a report, made up but whole, for tests of what is made of rows.
import type { FileReport } from "../../src/report/report.ts";

export function fileReport(path: string, given: Partial<FileReport> = {}): FileReport {
  return {
    path,
    status: "compacted",
    format: "claude-code",
    preset: "balanced",
    tokenizer: "o200k_base",
    context: {
      tokensBefore: 1000,
      tokensAfter: 400,
      byKind: { observation: { before: 900, after: 300 }, user: { before: 100, after: 100 } },
      byTool: { Bash: { before: 900, after: 300 } },
      waste: { duplicate: 50, superseded: 20 },
    },
    disk: {
      before: 8000,
      after: 5000,
      storeAdded: 0,
      parts: { live: 4000, dead: 1000, sidecar: 2000, image: 0, opaque: 0, structure: 1000 },
    },
    stages: [{ stage: "mask-observations", deletions: 3, dropped: 1, lines: 40, tokens: 600 }],
    artifacts: 3,
    cache: { firstEditedToken: 10, breakEvenTurns: 4, thinkingBlocksAfterFirstEdit: 0 },
    recall: undefined,
    images: 0,
    growth: {
      steps: [1, 2],
      before: { user: [100, 100], observation: [400, 900] },
      after: { observation: [100, 300] },
    },
    largest: [{ line: 7, tool: "Bash", target: "make", tokensBefore: 500, tokensAfter: 20 }],
    reread: [{ target: "src/a.ts", times: 2, tokens: 80 }],
    warnings: [],
    error: undefined,
    ...given,
  };
}

/** With so many context tokens before and after. */
export function sized(path: string, tokensBefore: number, tokensAfter: number): FileReport {
  const { context } = fileReport(path);
  return fileReport(path, { context: { ...context, tokensBefore, tokensAfter } });
}
