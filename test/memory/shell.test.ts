// What a shell command does to files, as its words say.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { touchedByShell } from "../../src/memory/shell/file-acts.ts";
import { parseShell } from "../../src/memory/shell/parse.ts";

const acts = (command: string, directory?: string) =>
  touchedByShell(command, directory).map(({ act, path, to }) =>
    [act, path, ...(to === undefined ? [] : [to])].join(" "),
  );

const CASES: readonly (readonly [title: string, command: string, expected: readonly string[]])[] = [
  ["a pager reads its operands", "cat a.ts 'b c.ts'", ["read a.ts", "read b c.ts"]],
  ["values of flags are no files", "head -n 5 a.ts | tail -n 2", ["read a.ts"]],
  ["sed reads, and edits in place", "sed -n 1,5p a.ts; sed -i.bak 's/a/b/' b.ts", ["read a.ts", "edit b.ts"]],
  [
    "a search reads the files it names, not the directories",
    "rg -n 'cat x.ts' src src/a.ts",
    ["read src/a.ts"],
  ],
  [
    "a redirection writes, a double one edits",
    "echo a > a.txt; echo b >> b.txt 2>&1",
    ["write a.txt", "edit b.txt"],
  ],
  ["streams and devices are no files", "npm test > /dev/null 2>&1 < -", []],
  [
    "a here-document is no command",
    "cat > a.txt <<'EOF'\nrm -rf b.txt\nEOF\nrm c.txt",
    ["write a.txt", "delete c.txt"],
  ],
  ["a move has two ends", "mv a.ts src/; git mv b.ts c.ts", ["move a.ts src/a.ts", "move b.ts c.ts"]],
  [
    "a copy reads and writes",
    "cp a.ts b.ts lib",
    ["read a.ts", "write lib/a.ts", "read b.ts", "write lib/b.ts"],
  ],
  ["a directory that was changed to holds", "cd sub && cat a.ts", ["read sub/a.ts"]],
  [
    "variables and loops are followed",
    'd=src; for f in a b; do cat "$d/$f.ts"; done',
    ["read src/a.ts", "read src/b.ts"],
  ],
  ["wrappers are looked through", "sudo env A=1 timeout 5 rm a.ts", ["delete a.ts"]],
  ["a shell in a shell is read", "bash -lc 'cat a.ts && touch b.ts'", ["read a.ts", "write b.ts"]],
  ["substitutions run too", 'echo "$(cat a.ts)" `cat b.ts`', ["read a.ts", "read b.ts"]],
  [
    "scripts are read for the paths in them",
    "python3 - <<'PY'\np = Path('a.md')\np.write_text(p.read_text())\nopen('b.md', 'w')\nPY",
    ["write b.md", "read a.md", "edit a.md"],
  ],
  [
    "a patch in a here-document is a patch",
    "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a.ts\n*** Move to: b.ts\n*** Delete File: c.ts\n*** End Patch\nEOF",
    ["edit a.ts", "move a.ts b.ts", "delete c.ts"],
  ],
  ["git reads old states of files", "git show HEAD~1:src/a.ts", ["read src/a.ts"]],
  ["git puts files back", "git checkout -- src/a.ts && git restore b.ts", ["edit src/a.ts", "edit b.ts"]],
];

describe("a shell command", () => {
  test.each(CASES)("%s", (_title, command, expected) => {
    expect(acts(command)).toEqual(expected);
  });

  test("is placed in the directory of the call", () => {
    expect(acts("cat a.ts ../b.ts /c.ts", "/home/dev")).toEqual([
      "read /home/dev/a.ts",
      "read /home/b.ts",
      "read /c.ts",
    ]);
  });

  test("is read whatever it is", () => {
    const bits = fc.constantFrom(
      "$(",
      ")",
      "`",
      "'",
      '"',
      "<<",
      "EOF",
      "\n",
      ">",
      "|",
      "&",
      ";",
      "\\",
      "cat ",
      "cd ",
      "a=",
      "$a",
      "(",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 60 }), (parts) => {
        expect(Array.isArray(touchedByShell(parts.join(""), undefined))).toBe(true);
      }),
    );
  });

  test("that nests without end is read in a time that grows with its length only", () => {
    expect(parseShell("$(".repeat(50_000)).length).toBeGreaterThan(0);
    expect(parseShell("bash -c '".repeat(20_000)).length).toBeGreaterThan(0);
    const growing = touchedByShell(`a=aaaa; ${"a=$a$a$a; ".repeat(100)} cat $a`, undefined);
    expect(growing[0]!.path.length).toBeLessThan(5000);
  });
});
