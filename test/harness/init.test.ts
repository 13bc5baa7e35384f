// `compact init`: what it would put where, what it puts there, and that it takes out exactly that.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { harnesses } from "../../src/harness/index.ts";
import { Place } from "../cli/run.ts";

const SETTINGS = ".claude/settings.json";
const SKILL = ".claude/skills/compact-transcript/SKILL.md";

/** Settings as people have them, and as a program might leave them. */
const theirs: Readonly<Record<string, string>> = {
  "an empty object": "{}",
  "nothing but blanks": "\n",
  "tabs, comments, a trailing comma and numbers of their own":
    '{\n\t// mine\n\t"model": "opus", // the best\n\t"limits": { "x": 22.0, "y": 1e3 },\n\t"env": {"A":"1"}, /* last */\n}\n',
  "one line without an end":
    '{"model":"opus","hooks":{"Stop":[{"hooks":[{"type":"command","command":"say done"}]}]}}',
  "carriage returns and a byte order mark": '\uFEFF{\r\n    "model": "opus"\r\n}\r\n',
  "hooks of others at the same moments":
    '{\n  "hooks": {\n    "Stop": [\n      { "hooks": [ { "type": "command", "command": "say done" } ] }\n    ],\n    "PostToolUse": []\n  }\n}\n',
};

const told = (place: Place, args: string[], env: Record<string, string> = {}) =>
  place.main(["init", ...args], { env });

/** All of a directory, as it is. */
const snapshot = (place: Place) => Object.fromEntries(place.files().map((name) => [name, place.read(name)]));

describe("without --write", () => {
  test.each(harnesses.map(({ name }) => name))(
    "%s: prints what goes where, and writes nothing",
    async (name) => {
      const place = new Place();
      const { stdout, stderr, code } = await told(place, [name]);
      expect({ stderr, code, files: place.files() }).toEqual({ stderr: "", code: 0, files: [] });
      expect(stdout).toMatch(/^.+, in this directory: nothing is written without --write\n/);
      expect(stdout).toContain("SKILL.md would become:\n    ---\n    name: compact-transcript\n");
    },
  );

  test("says by which commands the rest is done", async () => {
    const { stdout } = await told(new Place(), ["claude-code", "--scope", "user"]);
    expect(stdout).toContain("claude mcp add --scope user compact -- compact mcp");
  });
});

describe("--write", () => {
  test("installs hooks and skill where there was nothing", async () => {
    const place = new Place();
    const { stdout, code } = await told(place, ["claude-code", "--write"]);
    expect(code).toBe(0);
    expect(place.files()).toEqual([SETTINGS, SKILL]);
    expect(stdout).toContain(`  written    ${SETTINGS}\n`);
    const { hooks } = JSON.parse(place.read(SETTINGS));
    expect(Object.keys(hooks)).toEqual(["SessionStart", "PreCompact", "Stop"]);
    expect(hooks.Stop).toEqual([
      { hooks: [{ type: "command", command: "compact hook claude-code || true", timeout: 10 }] },
    ]);
  });

  test("says when the hooks would not find compact", async () => {
    const place = new Place();
    place.write("bin/compact", "");
    const without = await told(place, ["claude-code", "--write"], { PATH: place.path("nowhere") });
    expect(without.stderr).toMatch(/^compact: compact is not on the PATH, .+\n {2}`npm install --global \.`/);
    const beside = await told(place, ["claude-code", "--write"], { PATH: place.path("bin") });
    expect([without.code, beside.code, beside.stderr]).toEqual([0, 0, ""]);
  });

  test("tells the hooks what the watch is to know", async () => {
    const place = new Place();
    await told(place, ["claude-code", "--write", "--window", "1M", "--trigger", "60%"]);
    expect(place.read(SETTINGS)).toContain('"compact hook claude-code --window 1M --trigger 60% || true"');
  });

  test.each(Object.entries(theirs))("beside %s: all of theirs stays as it was", async (_name, text) => {
    const place = new Place();
    place.write(SETTINGS, text);
    await told(place, ["claude-code", "--write"]);
    const written = place.read(SETTINGS);
    expect(written).toContain("compact hook claude-code || true");
    let at = 0; // what was there is there, in order
    for (const word of text.match(/[^\s,{}[\]]+/g) ?? []) {
      at = written.indexOf(word, at) + word.length;
      expect(at, word).toBeGreaterThanOrEqual(word.length);
    }
    expect(place.read(`${SETTINGS}.before-compact`)).toBe(text);
  });

  test.each(Object.entries(theirs))(
    "twice beside %s: the second time changes nothing",
    async (_name, text) => {
      const place = new Place();
      place.write(SETTINGS, text);
      await told(place, ["claude-code", "--write"]);
      const once = snapshot(place);
      const { stdout } = await told(place, ["claude-code", "--write"]);
      expect(snapshot(place)).toEqual(once);
      expect(stdout).toContain(`  as it was  ${SETTINGS}\n  as it was  ${SKILL}\n`);
    },
  );

  test("with other options: replaces its own hooks, and keeps the backup from before the first time", async () => {
    const place = new Place();
    place.write(SETTINGS, '{ "model": "opus" }');
    await told(place, ["claude-code", "--write"]);
    await told(place, ["claude-code", "--write", "--window", "1M"]);
    expect(place.read(SETTINGS).match(/compact hook/g)).toHaveLength(3);
    expect(place.read(SETTINGS)).toContain("--window 1M");
    expect(place.read(`${SETTINGS}.before-compact`)).toBe('{ "model": "opus" }');
  });

  test("follows a link to the file and keeps its mode", async () => {
    const place = new Place();
    place.write("dotfiles/settings.json", '{ "model": "opus" }', { mode: 0o600 });
    place.makeDirectory(".claude");
    place.link("../dotfiles/settings.json", SETTINGS);
    await told(place, ["claude-code", "--write"]);
    expect(place.read("dotfiles/settings.json")).toContain("compact hook");
    expect(place.mode("dotfiles/settings.json")).toBe("600");
  });

  test("refuses settings that are no text, which it could not give back", async () => {
    const place = new Place();
    const bytes = Buffer.from('{ "name": "\xff" }', "latin1");
    place.write(SETTINGS, bytes);
    const { stderr, code } = await told(place, ["claude-code", "--write"]);
    expect(code).toBe(2);
    expect(stderr).toContain("not all of it is UTF-8");
    expect(place.bytes(SETTINGS)).toEqual(bytes);
  });

  test.each([
    ["torn", '{\n  "model": "opus",\n  "hooks": {\n', /settings\.json: line 4: CloseBraceExpected/],
    ["a list", "[]", /settings\.json: line 1: no object, expected a JSON object/],
    ["hooks that are none", '{ "hooks": [] }', /`hooks` is no object/],
    ["an event that is none", '{ "hooks": { "Stop": {} } }', /`hooks\.Stop` is no list/],
  ])("refuses settings that are %s, and then writes nothing at all", async (_name, text, message) => {
    const place = new Place();
    place.write(SETTINGS, text);
    const { stdout, stderr, code } = await told(place, ["claude-code", "--write"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(message);
    expect(snapshot(place)).toEqual({ [SETTINGS]: text });
  });
});

describe("--remove", () => {
  test.each(Object.entries(theirs))("gives back %s, to the byte", async (_name, text) => {
    const place = new Place();
    place.write(SETTINGS, text);
    await told(place, ["claude-code", "--write", "--window", "1M"]);
    await told(place, ["claude-code", "--remove"]);
    expect(snapshot(place)).toEqual({ [SETTINGS]: text });
  });

  test.each(harnesses.map(({ name }) => name))("%s: leaves nothing where nothing was", async (name) => {
    for (const scope of ["project", "user"]) {
      const place = new Place();
      place.makeDirectory("home");
      const env = { HOME: place.path("home") };
      await told(place, [name, "--write", "--scope", scope, "--window", "1M"], env);
      expect(place.files()).not.toEqual([]);
      await told(place, [name, "--remove", "--scope", scope], env);
      expect(place.files()).toEqual([]);
      expect(place.exists("home")).toBe(true);
    }
  });

  test("leaves the folder that the user has named, and all above it", async () => {
    const place = new Place();
    place.makeDirectory("data/claude");
    const env = { HOME: place.path("home"), CLAUDE_CONFIG_DIR: place.path("data/claude") };
    await told(place, ["claude-code", "--write", "--scope", "user"], env);
    await told(place, ["claude-code", "--remove", "--scope", "user"], env);
    expect([place.exists("data/claude"), place.files()]).toEqual([true, []]);
  });

  test("takes only its own entries out of settings that were changed since", async () => {
    const place = new Place();
    place.write(SETTINGS, theirs["hooks of others at the same moments"]!);
    await told(place, ["claude-code", "--write"]);
    place.write(SETTINGS, place.read(SETTINGS).replace('"PostToolUse": []', '"PostToolUse": [ ], "new": []'));
    await told(place, ["claude-code", "--remove"]);
    expect(place.read(SETTINGS)).toBe(
      theirs["hooks of others at the same moments"]!.replace(
        '"PostToolUse": []',
        '"PostToolUse": [ ], "new": []',
      ),
    );
  });

  test("gives back a file that stood where ours went", async () => {
    const place = new Place();
    const plugin = ".opencode/plugins/compact.js";
    place.write(plugin, "theirs");
    await told(place, ["opencode", "--write", "--window", "1M"]);
    expect(place.read(plugin)).toContain('OPTIONS = "--window 1M"');
    await told(place, ["opencode", "--remove"]);
    expect(snapshot(place)).toEqual({ [plugin]: "theirs" });
  });

  test("leaves a skill that somebody has changed", async () => {
    const place = new Place();
    await told(place, ["claude-code", "--write"]);
    place.write(SKILL, "mine");
    const { stdout } = await told(place, ["claude-code", "--remove"]);
    expect(snapshot(place)).toEqual({ [SKILL]: "mine" });
    expect(stdout).toContain(`  left       ${SKILL} (not as we wrote it)`);
  });

  test("has nothing to do where nothing is", async () => {
    const place = new Place();
    const { stdout, code } = await told(place, ["codex", "--remove"]);
    expect(code).toBe(0);
    expect(stdout).toContain("  not there  .codex/hooks.json\n");
  });
});

test("the shell function cuts a session that has reached the trigger, and ends well whatever happens", async () => {
  const place = new Place();
  place.write("s.jsonl", readFileSync(join(import.meta.dirname, "../../samples/claude-code.jsonl")));
  await told(place, ["generic", "--write", "--window", "20k", "--min-savings", "1k"]);
  const { stderr, code } = await place.shell(
    ". .agents/compact-session.sh; compact_session s.jsonl && compact_session nowhere.jsonl && compact_session",
  );
  expect(code).toBe(0);
  expect(stderr).toContain("nothing to watch");
  expect(place.read("s.jsonl")).toContain("[compact get ");
});

describe("the place", () => {
  test.each([
    ["claude-code", {}, "home/.claude/settings.json"],
    ["claude-code", { CLAUDE_CONFIG_DIR: "elsewhere" }, "elsewhere/settings.json"],
    ["codex", {}, "home/.codex/hooks.json"],
    ["codex", { CODEX_HOME: "elsewhere" }, "elsewhere/hooks.json"],
    ["opencode", {}, "home/.config/opencode/plugins/compact.js"],
    ["opencode", { XDG_CONFIG_HOME: "elsewhere" }, "elsewhere/opencode/plugins/compact.js"],
    ["generic", {}, "home/.config/compact/session.sh"],
    ["generic", { XDG_CONFIG_HOME: "elsewhere" }, "elsewhere/compact/session.sh"],
  ])("of the user: %s with %j is %s", async (name, env, expected) => {
    const place = new Place();
    place.makeDirectory("home");
    const absolute = Object.entries({ HOME: "home", ...env }).map(([key, path]) => [key, place.path(path)]);
    await told(place, [name, "--write", "--scope", "user"], Object.fromEntries(absolute));
    expect(place.files()).toContain(expected);
  });
});

describe("the arguments", () => {
  test.each([
    [["claude"], /unknown harness `claude`, expected one of claude-code, codex, opencode, generic/],
    [[], /init: 0 names, expected one of/],
    [["codex", "--write", "--remove"], /--write and --remove, expected one of them/],
    [["codex", "--scope", "machine"], /unknown --scope `machine`, expected one of project, user/],
    [["codex", "--window", "1M; rm -rf ."], /--window 1M; rm -rf \.: expected a name or a number/],
  ])("%j are refused with a reason", async (args, message) => {
    const { stderr, code } = await told(new Place(), args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

test("the skill tells of commands that exist", () => {
  const help = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8");
  for (const command of ["compact get", "compact search", "compact facts", "compact actions find"]) {
    expect(help).toContain(command);
  }
});
