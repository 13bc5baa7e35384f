// What counts as a future reference: used after the cut for the first time, and known from an older observation alone.
import { describe, expect, test } from "vitest";
import { askedOf, named, type Step, session } from "./session.ts";

const LINE = "const parcels = loadParcels(directory);";
const FILE = ["import { load } from './load.js';", LINE, "export { parcels };"].join("\n");
const LOOK: Step = { call: { command: "ls" }, result: "nothing to see" };

/** The file is seen first; the cut lies behind two more looks; then the agent acts. */
function asked(later: readonly Step[], before: readonly Step[] = [], task?: string) {
  const prefix = [{ call: { command: "cat parcels.js" }, result: FILE }, ...before, LOOK, LOOK];
  const rest = Array.from({ length: prefix.length - later.length }, () => LOOK);
  const future = [...later.map((step) => ({ ...LOOK, ...step })), ...rest];
  return askedOf(session([...prefix, ...future], task));
}

const write = (content: string): Step => ({ tool: "write", call: { path: "b.js", content }, result: "ok" });

describe("a reference of family V is", () => {
  test("a line that the agent writes again, whatever its indentation", () => {
    const { references } = asked([write(`  ${LINE}\n`)]);
    expect(named(references)).toEqual([`line: ${LINE}`]);
    expect(references[0]!.family).toBe("v");
  });

  test("the whole text that an edit looks for, one for all its lines, beside the lines", () => {
    const { references } = asked([
      { tool: "edit", call: { path: "parcels.js", old_string: FILE, new_string: "" } },
    ]);
    const edit = references.find(({ kind }) => kind === "edit");
    expect(edit?.text).toBe(FILE);
    expect(edit?.places).toEqual([{ shown: 0, anyOf: [[0], [1], [2]] }]);
  });

  test("context and removed lines of a hunk in a patch", () => {
    const patch = [
      "*** Update File: parcels.js",
      "@@",
      " import { load } from './load.js';",
      `-${LINE}`,
      "+const parcels = [];",
    ];
    const { references } = asked([{ tool: "apply_patch", call: { input: patch.join("\n") } }]);
    expect(references.find(({ kind }) => kind === "edit")?.text).toBe(
      `import { load } from './load.js';\n${LINE}`,
    );
  });

  test("a piece of a line that the agent quotes in a sentence", () => {
    const error: Step = {
      call: { command: "make" },
      result: "12:04 linker: cannot resolve the symbol of parcels in archive 7",
    };
    const { references } = asked(
      [{ say: "It says cannot resolve the symbol of parcels, so the archive is old." }],
      [error],
    );
    expect(named(references)).toEqual(["quote: cannot resolve the symbol of parcels"]);
  });
});

describe("a reference of family T is", () => {
  test("a token that nobody invents: path, identifier, error code", () => {
    const log: Step = {
      call: { command: "make" },
      result: "src/tracker/route.ts failed in computeRoute with ENOENT and the word plain",
    };
    const { references } = asked(
      [{ call: { command: "vi src/tracker/route.ts # computeRoute ENOENT plain" } }],
      [log],
    );
    expect(named(references).sort()).toEqual([
      "error: ENOENT",
      "identifier: computeRoute",
      "path: src/tracker/route.ts",
    ]);
    expect(references.every(({ family }) => family === "t")).toBe(true);
  });

  test("a path with a line, where one observation has both", () => {
    const trace: Step = { call: { command: "make" }, result: "broken\n  at src/tracker/route.ts:87\n" };
    const { references } = asked([{ call: { command: "sed -n '87,99p' src/tracker/route.ts" } }], [trace]);
    expect(named(references)).toContain("location: route.ts:87");
  });

  test("not asked for twice when a line that is asked for contains it", () => {
    const { references } = asked([write(`${LINE}\n// loadParcels`)]);
    expect(named(references)).toEqual([`line: ${LINE}`]);
  });
});

describe("nothing is asked for", () => {
  test("that the task says", () => {
    expect(asked([write(LINE)], [], `Rename this: ${LINE}`).references).toEqual([]);
  });

  test("that the agent wrote before the cut, with or without the sign of a patch", () => {
    expect(asked([write(LINE)], [write(`-${LINE}`)]).references).toEqual([]);
  });

  test("that the last step before the cut shows: every method keeps it", () => {
    const steps: Step[] = [LOOK, { call: { command: "cat parcels.js" }, result: FILE }, write(LINE), LOOK];
    expect(askedOf(session(steps)).references).toEqual([]);
  });

  test("that was seen again before it was used, but it is counted", () => {
    const again: Step = { call: { command: "cat parcels.js" }, result: FILE };
    const { references, reacquired } = asked([again, write(LINE)]);
    expect(references).toEqual([]);
    expect(reacquired).toBe(2); // the line, and a name in it
  });

  test("that is too short to be a quotation", () => {
    const short: Step = { call: { command: "cat a.js" }, result: "return nothing;" };
    expect(asked([write("return nothing;")], [short]).references).toEqual([]);
  });
});

test("an edit weighs more than an argument, and an argument more than a sentence", () => {
  const weight = (later: Step, kind: string) =>
    asked([later]).references.find((one) => one.kind === kind)!.weight;
  const edit = weight({ tool: "edit", call: { old_string: LINE } }, "edit");
  const argument = weight(write(LINE), "line");
  const prose = weight({ say: LINE }, "line");
  expect(edit).toBeGreaterThan(argument);
  expect(argument).toBeGreaterThan(prose);
});

test("what the last ten steps show is near, what only older ones show is far", () => {
  const looks = Array.from({ length: 12 }, () => LOOK);
  expect(asked([write(LINE)]).references.map(({ isNear }) => isNear)).toEqual([true]);
  expect(asked([write(LINE)], looks).references.map(({ isNear }) => isNear)).toEqual([false]);
});

test("a reference knows what showed it last, and how many steps after the cut it was first used", () => {
  const { references } = asked([LOOK, LOOK, write(LINE)]);
  expect(references.map(({ source, stepsUntil }) => ({ source, stepsUntil }))).toEqual([
    { source: "read", stepsUntil: 3 },
  ]);
});
