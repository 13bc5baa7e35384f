// Settings: defaults, then the configuration file, then flags.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { CUT, claudeSession, codexRollout, refsIn } from "./transcripts.ts";

const SESSION = claudeSession();

async function printed(place: Place, args: readonly string[] = []) {
  const { stdout, stderr, code } = await place.main([...args, "--print-config"]);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return JSON.parse(stdout);
}

/** How many observations a run with these flags removes. */
async function removed(place: Place, args: readonly string[], input = SESSION): Promise<number> {
  const { stdout, code } = await place.main(["-q", ...args], { input });
  expect(code).toBe(0);
  return refsIn(stdout).length;
}

describe("--print-config", () => {
  test("shows every setting of the default preset, without reading anything", async () => {
    expect(await printed(new Place())).toEqual({
      stages: [
        ["drop-sidecars", { minBytes: 200 }],
        ["drop-duplicates", { minTokens: 40 }],
        ["drop-superseded", {}],
        ["delete-lines", { keep: 0.18 }],
        ["mask-messages", { keep: 10 }],
      ],
      protect: [],
      tokenizer: "o200k_base",
      cacheAware: false,
      horizon: 20,
      prices: "anthropic",
    });
  });

  test("prints what --config takes: the same configuration comes out again", async () => {
    const place = new Place();
    const flags = ["-s", "mask-observations:keep=3", "--protect", "Read", "-b", "30%", "--window", "200k"];
    const first = await printed(place, [...flags, "--trigger", "50%", "-f", "codex", "-a", "store"]);
    expect(first).toMatchObject({
      budget: "30%",
      window: 200_000,
      trigger: "50%",
      format: "codex",
      artifacts: place.path("store"),
    });
    place.write("mine.json", JSON.stringify(first));
    expect(await printed(place, ["-c", "mine.json"])).toEqual(first);
  });
});

describe("the configuration file", () => {
  test("is the nearest compact.config.json upwards, and flags win over it", async () => {
    const place = new Place();
    place.write("compact.config.json", JSON.stringify({ preset: "mask", protect: ["Read"], budget: "20k" }));
    place.makeDirectory("below");
    const { stdout } = await place.shell("cd below && compact --print-config -b 40k");
    expect(JSON.parse(stdout)).toMatchObject({
      stages: [["mask-observations", { keep: 10 }]],
      protect: ["Read"],
      budget: 40_000,
    });
  });

  test("with stages gives way to a preset that a flag names, and to stages from flags", async () => {
    const place = new Place();
    place.write("compact.config.json", JSON.stringify({ stages: [["drop-sidecars"]] }));
    const names = async (args: string[]) =>
      (await printed(place, args)).stages.map(([name]: [string]) => name);
    expect(await names([])).toEqual(["drop-sidecars"]);
    expect(await names(["-p", "mask"])).toEqual(["mask-observations"]);
    expect(await names(["-s", "extract-payloads"])).toEqual(["extract-payloads"]);
  });

  test("names a store from where it lies itself", async () => {
    const place = new Place();
    place.write("conf/mine.json", JSON.stringify({ artifacts: "store" }));
    expect(await removed(place, ["-c", "conf/mine.json"])).toBe(CUT);
    expect(place.files("conf/store/undo")).toHaveLength(1);
  });

  test("may begin with a byte order mark", async () => {
    const place = new Place();
    place.write("compact.config.json", '\uFEFF{"preset": "mask"}');
    expect((await printed(place)).stages).toEqual([["mask-observations", { keep: 10 }]]);
  });

  test("can turn the store off", async () => {
    const place = new Place();
    place.write("compact.config.json", JSON.stringify({ artifacts: false }));
    expect(await removed(place, [])).toBe(0);
    expect(place.exists(".compact")).toBe(false);
  });

  test.each([
    [
      '{"presett": "mask"}',
      "unknown key `presett`, expected one of preset, stages,",
      "did you mean `preset`?",
    ],
    ['{"toString": 1}', "unknown key `toString`, expected one of preset, stages,", undefined],
    ['{"__proto__": {}}', "unknown key `__proto__`, expected one of preset, stages,", undefined],
    ['{"preset": 7}', "wrong value for `preset`, expected the name of a preset", undefined],
    [
      '{"stages": "mask-observations"}',
      'wrong value for `stages`, expected a list of ["name", {options}]',
      undefined,
    ],
    ['{"stages": [["mask-observations", {"keep": "3"}]]}', "wrong value for `stages`", undefined],
    ['{"protect": "Read"}', "wrong value for `protect`, expected a list of globs or /regex/", undefined],
    ["[]", "not settings, expected an object of them", undefined],
    ["{", "not JSON", undefined],
  ])("is an error that names file and key: %s", async (content, message, hint) => {
    const place = new Place();
    place.write("compact.config.json", content);
    const { stdout, stderr, code } = await place.main([], { input: SESSION });
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    const [first, second] = stderr.split("\n");
    expect(first).toContain(`compact: ${place.path("compact.config.json")}: ${message}`);
    expect(second || undefined).toBe(hint === undefined ? undefined : `  ${hint}`);
  });

  test.each([
    ["missing.json", "no such file or directory"],
    ["folder", "is a directory, expected a file"],
  ])("that was named must be readable: %s", async (name, reason) => {
    const place = new Place();
    place.makeDirectory("folder");
    const { stdout, stderr, code } = await place.main(["-c", name], { input: SESSION });
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: `compact: ${place.path(name)}: ${reason}\n`,
      code: 2,
    });
  });
});

describe("an unknown name", () => {
  test.each([
    [
      ["-p", "maks"],
      "unknown preset `maks`, expected one of light, balanced, aggressive, mask",
      "did you mean `mask`?",
    ],
    [
      ["-s", "mask-observation"],
      "unknown stage `mask-observation`, expected one of ",
      "did you mean `mask-observations`?",
    ],
    [
      ["-s", "mask-observations:kep=3"],
      "unknown option of mask-observations `kep`, expected one of keep",
      "did you mean `keep`?",
    ],
    [
      ["-s", "mask-observations:toString=3"],
      "unknown option of mask-observations `toString`, expected one of keep",
      undefined,
    ],
    [["-f", "codx"], "unknown format `codx`, expected one of codex, claude-code, ", "did you mean `codex`?"],
    [["--tokenizer", "o200k"], "unknown tokenizer `o200k`, expected one of ", undefined],
    [["--report", "binary"], "unknown --report `binary`, expected one of text, json, ndjson", undefined],
    [
      ["--report", "jsn"],
      "unknown --report `jsn`, expected one of text, json, ndjson",
      "did you mean `json`?",
    ],
    [
      ["--color", "allways"],
      "unknown --color `allways`, expected one of auto, always, never",
      "did you mean `always`?",
    ],
    [["--bugdet", "3"], "unknown option `--bugdet`, expected one of --help", "did you mean `--budget`?"],
    [["-x"], "unknown option `-x`, expected one of --help", undefined],
    [
      ["get", "3f2a9c1b", "--artifact", "x"],
      "unknown option `--artifact`, expected one of --help",
      "did you mean `--artifacts`?",
    ],
    [["restor", "small.jsonl"], "restor: no such file or directory", "did you mean `compact restore`?"],
    [["gett", "3f2a9c1b"], "gett: no such file or directory", "did you mean `compact get`?"],
  ])("is an error that says what was expected, with a hint: %j", async (args, message, hint) => {
    const { stdout, stderr, code } = await new Place().main([...args], { input: SESSION });
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    const [first = "", second] = stderr.split("\n");
    expect(first.slice(0, `compact: ${message}`.length)).toBe(`compact: ${message}`);
    expect(second || undefined).toBe(hint === undefined ? undefined : `  ${hint}`);
  });
});

describe("a wrong value", () => {
  test.each([
    [["-b", "many"], "budget: `many`, expected tokens such as 40k or a percentage"],
    [["-b", "-5"], "budget: `-5`, expected tokens such as 40k or a percentage"],
    [["--trigger", "80%"], "a trigger of 80% needs the size of the window"],
    [["--window", "50%"], "window: `50%`, expected tokens such as 200k"],
    [["-s", "mask-observations:keep"], "`keep` in --stage mask-observations:keep, expected key=number"],
    [
      ["-s", "mask-observations:keep=many"],
      "`keep=many` in --stage mask-observations:keep=many, expected key=number",
    ],
    [["-s", "mask-observations:keep=-1"], "mask-observations: keep is -1, expected 0 or more"],
    [["--protect", "/(/"], "protect: /(/: "],
    [["--protect", ""], "protect: an empty pattern, expected a glob or /regex/"],
    [["-o"], "-o, --output needs a value, expected PATH"],
    [["get"], "get: 0 refs, expected one: compact get REF[:LINES]"],
    [["get", "3f2a9c1b", "3f2a9c1c"], "get: 2 refs, expected one: "],
    [["restore", "a", "b"], "restore: 2 files, expected one: "],
    [["-p", "mask", "restore", "a"], "--preset is no option of compact restore, expected one of its --help"],
  ])("is an error that says what was expected: %j", async (args, message) => {
    const { stdout, stderr, code } = await new Place().main([...args], { input: SESSION });
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr.slice(0, `compact: ${message}`.length)).toBe(`compact: ${message}`);
  });
});

describe("what goes", () => {
  test.each([
    [["-p", "light"], 0],
    [["-p", "mask"], 4],
    [["-s", "mask-observations:keep=12"], 2],
    [["-s", "mask-observations:keep=0"], 11], // the last three operations stay
    [["-s", "drop-sidecars", "-s", "mask-observations:keep=5"], 9],
    [["--protect", "Bash"], 0],
    [["--protect", "make part-2"], CUT - 1],
    [["--protect", "part-{1,2}"], CUT - 2],
    [["--protect", "/part-3\\.c/"], CUT - 1],
    [["--protect", "/PART-3\\.C/gi"], CUT - 1],
    [["--protect", "Read"], CUT],
  ])("is said by preset, stages and protection: %j removes %i observations", async (args, count) => {
    expect(await removed(new Place(), args)).toBe(count);
  });

  test("is protected line by line with a /regex/", async () => {
    const place = new Place();
    const { stdout, code } = await place.main(
      ["-q", "-s", "mask-observations", "--protect", "/part-3\\.c:7:/"],
      {
        input: SESSION,
      },
    );
    expect(code).toBe(0);
    const third = JSON.parse(stdout.split("\n")[6]!).message.content[0].content.split("\n");
    expect(third.slice(1)).toEqual(["[...1-6]", 'a/part-3.c:7: compiled "unit 18"', "[...8-40]"]);
  });

  test("is the format that --format names, also where detection would say another", async () => {
    const place = new Place();
    const { stderr, code } = await place.main(["-f", "openai-chat"], { input: codexRollout() });
    expect({ first: stderr.split("\n")[0], code }).toEqual({
      first: "stdin: openai-chat, preset balanced",
      code: 0,
    });
  });
});

describe("when it goes", () => {
  test.each([
    [["--trigger", "1m"], 0],
    [["--trigger", "1000"], CUT],
    [["--window", "200k"], 0],
    [["--window", "5k"], CUT],
    [["--window", "20k", "--trigger", "90%"], 0],
    [["--window", "20k", "--trigger", "20%"], CUT],
  ])("is said by trigger and window: %j removes %i observations", async (args, count) => {
    expect(await removed(new Place(), args)).toBe(count);
  });

  test("below the trigger the same bytes come out, and nothing is stored", async () => {
    const place = new Place();
    const { stdout, stderr, code } = await place.main(["--window", "200k"], { input: SESSION });
    expect({ code, same: stdout === SESSION, files: place.files() }).toEqual({
      code: 0,
      same: true,
      files: [],
    });
    expect(stderr).toMatch(
      /^stdin: claude-code, preset balanced: [\d,]+ context tokens, below the trigger, unchanged\n$/,
    );
  });

  test("stops as soon as the budget is met", async () => {
    const place = new Place();
    const all = JSON.parse((await place.main(["--report", "json"], { input: SESSION })).stderr).files[0]
      .context;
    const budget = all.tokensBefore - 700; // one observation frees some 600
    expect(await removed(place, ["-s", "mask-observations", "-b", String(budget)])).toBe(2);
    expect(await removed(place, ["-s", "mask-observations", "-b", "100%"])).toBe(0);
  });

  test("keeps less than the preset alone when the budget asks for it", async () => {
    const place = new Place();
    const tokensAfter = async (...args: string[]) =>
      JSON.parse((await place.main(["--report", "json", ...args], { input: SESSION })).stderr).files[0]
        .context.tokensAfter;
    const alone = await tokensAfter("-s", "delete-lines:keep=0.9");
    expect(await tokensAfter("-s", "delete-lines:keep=0.9", "-b", String(alone - 300))).toBeLessThanOrEqual(
      alone - 300,
    );
  });

  test("takes what the agent said only with the careful tier, which needs a budget", async () => {
    const place = new Place();
    const messages = Array.from({ length: 14 }, (_, i) => [
      { role: "user", content: `Question ${i}` },
      { role: "assistant", content: `Answer ${i}: ${"parcels wait in the depot. ".repeat(20)}` },
      { role: "tool", tool_call_id: "none", content: "ok" },
    ]);
    const input = messages
      .flat()
      .map((message) => JSON.stringify(message))
      .join("\n");
    expect(refsIn((await place.main(["-q", "-b", "10%"], { input })).stdout)).toEqual([]);
    const { stdout, code } = await place.main(["-q", "-b", "90%", "--tier", "careful"], { input });
    expect({ code, refs: refsIn(stdout).length > 0 }).toEqual({ code: 0, refs: true });
    expect(stdout).toContain("Answer 13");
    const { stdout: restored } = await place.main(["restore"], { input: stdout });
    expect(restored).toBe(input);
    const alone = await place.main(["--tier", "careful"], { input });
    expect({ code: alone.code, stdout: alone.stdout }).toEqual({ code: 2, stdout: "" });
    expect(alone.stderr).toContain("tier careful without a budget");
  });

  test("ends with 1 when the budget cannot be met, written as far as possible", async () => {
    const { stdout, stderr, code } = await new Place().main(["-b", "100", "--report", "none"], {
      input: SESSION,
    });
    expect({ code, refs: refsIn(stdout).length }).toEqual({ code: 1, refs: 14 - 3 }); // the last operations stay
    const [message, ...reasons] = stderr.trimEnd().split("\n");
    expect(message).toMatch(/^compact: stdin: [\d,]+ context tokens are left, expected 100 or fewer$/);
    const left = [...(message ?? "").matchAll(/[\d,]+(?= context)/g)].map(String);
    const tokens = reasons.map((reason) => Number(/^ {2}([\d,]+) {2}\S/.exec(reason)![1]!.replace(",", "")));
    expect(reasons.join("\n")).toContain("one of the last 3 operations");
    expect(tokens.reduce((sum, count) => sum + count, 0)).toBe(Number(left[0]!.replace(",", "")));
    expect(tokens).toEqual([...tokens].sort((a, b) => b - a));
  });
});
