// `compact get REF[:LINES]`: an artifact, or lines of it.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { claudeSession, observation, refOf, refsIn } from "./transcripts.ts";

const FIRST = observation("a", 1, 40);
const REF = refOf(FIRST);
const LINES = FIRST.split("\n");

async function compacted(): Promise<Place> {
  const place = new Place();
  const { stdout } = await place.main(["-q"], { input: claudeSession() });
  expect(refsIn(stdout)[0]).toBe(REF);
  return place;
}

describe("get", () => {
  test("prints the whole text, byte for byte", async () => {
    expect(await (await compacted()).main(["get", REF])).toEqual({ stdout: FIRST, stderr: "", code: 0 });
  });

  test.each([
    ["12", [12]],
    ["1", [1]],
    ["40", [40]],
    ["2-4", [2, 3, 4]],
    ["39-", [39, 40]],
    ["3,1-2", [3, 1, 2]],
    ["1-2,40,5-6", [1, 2, 40, 5, 6]],
  ])("prints the lines that are asked for: %s", async (request, numbers) => {
    const { stdout, stderr, code } = await (await compacted()).main(["get", `${REF}:${request}`]);
    const expected = numbers.map((number) => `${LINES[number - 1]}\n`).join("");
    expect({ stdout, stderr, code }).toEqual({ stdout: expected, stderr: "", code: 0 });
  });

  test("prints the characters of a line that a gap names", async () => {
    const place = await compacted();
    const { stdout, stderr, code } = await place.main(["get", `${REF}:2:3-10`]);
    expect({ stdout, stderr, code }).toEqual({ stdout: `${LINES[1]!.slice(2, 10)}\n`, stderr: "", code: 0 });
  });

  test("takes the colon that a marker has behind the ref, and more digits of the same hash", async () => {
    const place = await compacted();
    const full = place
      .files(".compact/artifacts")
      .find((name) => name.includes(REF))!
      .slice(3, -4);
    for (const request of [`${REF}:`, full, full.slice(0, 20)]) {
      expect(await place.main(["get", request])).toEqual({ stdout: FIRST, stderr: "", code: 0 });
    }
  });

  test.each(["0", "41", "12-41", "5-4", "41-"])(
    "says what there is when lines are out of range: %s",
    async (lines) => {
      expect(await (await compacted()).main(["get", `${REF}:${lines}`])).toEqual({
        stdout: "",
        stderr: `compact: ${REF}: has lines 1 to 40, expected ${lines} within them\n`,
        code: 2,
      });
    },
  );

  test("says what there is when characters are out of range", async () => {
    const length = LINES[1]!.length;
    expect(await (await compacted()).main(["get", `${REF}:2:3-9999`])).toEqual({
      stdout: "",
      stderr: `compact: ${REF}: line 2 has characters 1 to ${length}, expected 3-9999 within them\n`,
      code: 2,
    });
  });

  test.each(["x", "1-2-3", "-5", "1,,2", "one", "1;2"])("says what lines look like: %s", async (lines) => {
    expect(await (await compacted()).main(["get", `${REF}:${lines}`])).toEqual({
      stdout: "",
      stderr: `compact: ${REF}: \`${lines}\` names no lines, expected for example 12, 12-52 or 12-20,40-\n`,
      code: 2,
    });
  });

  test.each([
    "../../etc/passwd",
    "3f/../../x",
    "3f2a9c1",
    "3F2A9C1B",
    "3f2a9c1g",
    "",
    "/etc/passwd",
    "a".repeat(65),
  ])("takes no ref that is none, and looks for no file of that name: %s", async (ref) => {
    const { stdout, stderr, code } = await (await compacted()).main(["get", ref]);
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr:
        `compact: \`${ref}\` is no ref, expected 8 or more hex digits, as markers print them\n` +
        "  for example: compact get 3f2a9c1b, or compact get 3f2a9c1b:12-52\n",
      code: 2,
    });
  });

  test("says where it looked for an unknown ref", async () => {
    const place = await compacted();
    expect(await place.main(["get", "00000000"])).toEqual({
      stdout: "",
      stderr: `compact: 00000000: no such artifact in ${place.path(".compact")}, expected the store of the marker\n  name the store with -a DIR\n`,
      code: 2,
    });
  });

  test("says so when the store is no directory", async () => {
    const place = new Place();
    place.write("file", "x");
    expect(await place.main(["get", "00000000", "-a", "file"])).toEqual({
      stdout: "",
      stderr: `compact: 00000000: the store ${place.path("file")} cannot be read: a part of the path is not a directory\n  name another place with -a DIR\n`,
      code: 2,
    });
  });

  test("lists the candidates of an ambiguous ref, each as a command with its size", async () => {
    const place = await compacted();
    const names = ["0", "f"].map((digit) => `3f2a9c1b${digit.repeat(56)}`);
    for (const name of names) place.write(`.compact/artifacts/3f/${name}.txt`, name);
    expect(await place.main(["get", "3f2a9c1b:1"])).toEqual({
      stdout: "",
      stderr:
        "compact: 3f2a9c1b: the beginning of 2 artifacts, expected more digits of one\n" +
        names.map((name) => `  compact get ${name}:1   (64 bytes)\n`).join(""),
      code: 2,
    });
  });

  test("does not print a damaged artifact", async () => {
    const place = await compacted();
    const name = place.files(".compact/artifacts").find((file) => file.includes(REF))!;
    place.write(`.compact/artifacts/${name}`, "something else");
    expect(await place.main(["get", REF])).toEqual({
      stdout: "",
      stderr: `compact: ${REF}: ${place.path(`.compact/artifacts/${name}`)} is damaged, expected a text of that SHA-256\n`,
      code: 2,
    });
  });

  test("finds the store from a folder below, and the one that -a names", async () => {
    const place = await compacted();
    place.makeDirectory("deep/down");
    expect(await place.shell(`cd deep/down && compact get ${REF}:1`)).toEqual({
      stdout: `${LINES[0]}\n`,
      stderr: "",
      code: 0,
    });
    const elsewhere = await place.shell(`cd / && compact get -a "${place.path(".compact")}" ${REF}:1`);
    expect(elsewhere).toEqual({ stdout: `${LINES[0]}\n`, stderr: "", code: 0 });
  });
});
