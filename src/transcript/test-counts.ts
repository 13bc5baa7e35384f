// In: what a command printed. Out: the counts of tests or problems in it, with the line that says so. Knows the summaries of the
// common test runners, compilers and linters; where several stand in one output they are added up.

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The lines that say it, verbatim. */
  readonly lines: readonly string[];
}

interface CountShape {
  readonly tool: string;
  /** Cheap test for the whole output, so that most outputs cost one search a shape. */
  readonly hint: string;
  /** The summary line. Named groups `passed`, `failed`, `errors`, `skipped`, `total` hold numbers. */
  readonly line: RegExp;
}

/** In the order in which they are asked; a line counts for the first shape that fits. */
const SHAPES: readonly CountShape[] = [
  {
    tool: "vitest",
    hint: " Tests ",
    line: /^\s*Tests {2,}(?:(?<failed>\d+) failed)?(?: \| )?(?:(?<passed>\d+) passed)?(?: \| (?<skipped>\d+) skipped)?(?: \| \d+ todo)? \(\d+\)/,
  },
  {
    tool: "jest",
    hint: "Tests:",
    line: /^\s*Tests: {2,}(?:(?<failed>\d+) failed, )?(?:(?<skipped>\d+) skipped, )?(?:\d+ todo, )?(?:(?<passed>\d+) passed, )?\d+ total/,
  },
  {
    tool: "pytest",
    hint: " in ",
    line: /^=*\s*(?=\d+ (?:passed|failed|error|skipped))(?:(?<failed>\d+) failed,? ?)?(?:(?<passed>\d+) passed,? ?)?(?:(?<skipped>\d+) skipped,? ?)?(?:\d+ (?:deselected|xfailed|xpassed|warnings?|subtests passed),? ?)*(?:(?<errors>\d+) errors?,? ?)?in [\d.:]+/,
  },
  {
    tool: "cargo test",
    hint: "test result:",
    line: /^test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored/,
  },
  {
    tool: "unittest",
    hint: "FAILED (",
    line: /^FAILED \((?:failures=(?<failed>\d+))?(?:, )?(?:errors=(?<errors>\d+))?(?:, skipped=(?<skipped>\d+))?.*\)/,
  },
  { tool: "unittest", hint: "Ran ", line: /^Ran (?<total>\d+) tests? in / },
  { tool: "go test", hint: "--- FAIL", line: /^\s*--- FAIL: (?<one>\S+)/ },
  { tool: "go test", hint: "FAIL\t", line: /^FAIL\t(?<one>\S+)/ },
  {
    tool: "gotestsum",
    hint: "DONE ",
    line: /^DONE (?<total>\d+) tests?(?:, (?<skipped>\d+) skipped)?(?:, (?<failed>\d+) failures?)?.* in /,
  },
  { tool: "mocha", hint: " passing", line: /^\s*(?<passed>\d+) passing(?: \(|$)/ },
  { tool: "mocha", hint: " failing", line: /^\s*(?<failed>\d+) failing$/ },
  { tool: "node --test", hint: "pass ", line: /^(?:#|ℹ) pass (?<passed>\d+)$/ },
  { tool: "node --test", hint: "fail ", line: /^(?:#|ℹ) fail (?<failed>\d+)$/ },
  { tool: "rspec", hint: " examples", line: /^(?:\d+) examples?, (?<failed>\d+) failures?/ },
  { tool: "phpunit", hint: "OK (", line: /^OK \((?<passed>\d+) tests?, / },
  {
    tool: "maven",
    hint: "Tests run:",
    line: /Tests run: (?<total>\d+), Failures: (?<failed>\d+), Errors: (?<errors>\d+), Skipped: (?<skipped>\d+)$/,
  },
  {
    tool: "dotnet",
    hint: "Failed:",
    line: /^\s*(?:Passed|Failed)!\s+- Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+), Skipped:\s+(?<skipped>\d+)/,
  },
  {
    tool: "ctest",
    hint: "tests passed",
    line: /^\d+% tests passed, (?<failed>\d+) tests? failed out of (?<total>\d+)/,
  },
  { tool: "bun", hint: " pass", line: /^\s*(?<passed>\d+) pass$/ },
  { tool: "bun", hint: " fail", line: /^\s*(?<failed>\d+) fail$/ },
  { tool: "tsc", hint: "Found ", line: /^Found (?<errors>\d+) errors?\b/ },
  { tool: "eslint", hint: "problem", line: /^✖ \d+ problems? \((?<errors>\d+) errors?/ },
  { tool: "cargo build", hint: "error: could not compile", line: /due to (?<errors>\d+) previous errors?/ },
  { tool: "golangci-lint", hint: " issues", line: /^(?<errors>\d+) issues(?::|\.)/ },
];

/** A summary stands near the end; beyond this nothing is looked at. In characters. */
const TAIL = 40_000;

export function countsIn(output: string): Counts | undefined {
  const tail = output.length <= TAIL ? output : output.slice(-TAIL);
  const shapes = SHAPES.filter(({ hint }) => tail.includes(hint));
  if (shapes.length === 0) return undefined;
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  let total = 0;
  for (const line of tail.split("\n")) {
    const groups = firstMatch(shapes, stripAnsi(line));
    if (groups === undefined) continue;
    const of = (name: string) => Number(groups[name] ?? 0);
    sum.failed += of("failed") + of("errors") + (groups.one === undefined ? 0 : 1);
    sum.passed += of("passed");
    sum.skipped += of("skipped");
    total += of("total");
    lines.push(line);
  }
  if (lines.length === 0) return undefined;
  const passed = sum.passed > 0 ? sum.passed : Math.max(0, total - sum.failed - sum.skipped);
  return { ...sum, passed, lines };
}

function firstMatch(
  shapes: readonly CountShape[],
  line: string,
): Readonly<Record<string, string | undefined>> | undefined {
  if (line.length > 400) return undefined; // no runner sums up in a line this long
  for (const shape of shapes) {
    const match = shape.line.exec(line);
    if (match !== null) return match.groups ?? {};
  }
  return undefined;
}

function stripAnsi(line: string): string {
  return line.includes("\u001b") ? line.replace(/\u001b\[[\d;]*m/g, "") : line;
}
