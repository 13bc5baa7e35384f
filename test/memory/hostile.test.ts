// Whatever stands in a transcript, memory reads it to its end: no text crashes it or makes it run for ever (the time limit of a test
// is the only clock here).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collectFacts } from "../../src/memory/facts/index.ts";
import { factsAsMarkdown } from "../../src/memory/facts/markdown.ts";
import { padAsScript, padAsSkill } from "../../src/memory/pads/exports.ts";
import { collectPads } from "../../src/memory/pads/index.ts";
import { readSessions, type Session } from "../../src/memory/session.ts";
import { transcripts } from "../properties/transcripts.ts";
import { session } from "./chat.ts";

function rememberAll(sessions: readonly Session[]): string {
  const pads = collectPads(sessions).map((pad) => padAsScript(pad) + padAsSkill(pad));
  return [factsAsMarkdown(collectFacts(sessions)), ...pads].join("");
}

/** Each is what some pattern would look at again from every place in it. */
const LONG_TEXTS: readonly string[] = [
  "never ".repeat(50_000),
  `${".".repeat(150_000)}x`,
  `${"?".repeat(150_000)}x`,
  "e.g. ".repeat(40_000),
  "`x. ".repeat(40_000),
  `${"i,".repeat(80_000)} because`,
  `${"\n".repeat(150_000)}x`,
  `${"a.".repeat(80_000)}x`,
  `Tests ${" ".repeat(150_000)}1 failed`,
  `$(;${"a;".repeat(80_000)}`,
  `python3 - <<PY\n${"p=Path('a')\n".repeat(15_000)}`,
  `npm run ${"testtest".repeat(20_000)}!`,
  `for a in ${"b ".repeat(50_000)}; do cat $a$a$a; done`,
  "- [ ] ".repeat(40_000),
];

test.each(LONG_TEXTS.map((text) => [text.slice(0, 20), text]))(
  "reads %j and what follows",
  (_title, text) => {
    const call = { tool: "shell", input: { command: text }, result: `Exit code: 1\n${text}` };
    expect(rememberAll([session([text, { says: text }, call])])).not.toBe("");
  },
);

describe.each(transcripts)("of generated transcripts in %s", (_format, arbitrary) => {
  test("everything is read", () => {
    fc.assert(
      fc.property(arbitrary, (bytes) => {
        expect(rememberAll(readSessions("generated", bytes))).toEqual(expect.any(String));
      }),
      { numRuns: 40 },
    );
  });
});

const ODD: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    5,
    true,
    [],
    {},
    "",
    ["a", { path: 5 }],
    "*** Begin Patch\n*** Move to: x",
    "__proto__",
    "constructor",
  ),
  fc.jsonValue(),
);
const ARGUMENTS =
  "command cmd file_path path todos plan subject taskId status patch input workdir files".split(" ");
const TOOLS = "shell Edit TodoWrite TaskUpdate apply_patch str_replace_editor toString".split(" ");

test("arguments may be anything", () => {
  const input = fc.dictionary(fc.constantFrom(...ARGUMENTS), ODD);
  const calls = fc.array(fc.record({ tool: fc.constantFrom(...TOOLS), input, result: fc.string() }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(calls, (messages) => {
      expect(rememberAll([session(["Never do that again, please.", ...messages])])).toContain(
        "Never do that",
      );
    }),
  );
});
