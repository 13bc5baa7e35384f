// The help, the lists and the version.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { flags } from "../../src/cli/flags.ts";
import { presets } from "../../src/config/presets.ts";
import { formats } from "../../src/formats/index.ts";
import { stages } from "../../src/stages/index.ts";
import { Place } from "./run.ts";

async function told(...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await new Place().main(args);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return stdout;
}

describe("-h", () => {
  test("fits a screen of 24 lines of 80 columns and begins with examples", async () => {
    const lines = (await told("-h")).trimEnd().split("\n");
    expect(lines.length).toBeLessThan(24); // the prompt takes one
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    for (const line of lines.slice(0, 5)) expect(line).toMatch(/^ {2}compact \S/);
  });

  test("comes from the commands too", async () => {
    expect(await told("restore", "-h")).toContain("compact restore");
    expect(await told("get", "--help")).toContain("compact get");
  });
});

describe("--help", () => {
  test("has every flag of the table with its description, in 80 columns", async () => {
    const help = await told("--help");
    for (const line of help.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const words = help.replace(/\s+/g, " ");
    for (const { long, short, value, description } of flags) {
      expect(words).toContain(
        `${short === undefined ? "" : `-${short}, `}--${long}${value === undefined ? "" : ` ${value}`} `,
      );
      expect(words).toContain(description);
    }
  });

  test("names every example of the short help, and the exit codes", async () => {
    const [short, long] = [await told("-h"), await told("--help")];
    for (const line of short.split("\n").slice(0, 5)) expect(long).toContain(line);
    expect(long).toMatch(/Exit codes: 0 done; 1 .+ 2 .+ 130 after Ctrl-C/s);
  });
});

describe("the flags", () => {
  test("have names of their own", () => {
    const names = [
      ...flags.map(({ long }) => long),
      ...flags.flatMap(({ short }) => short ?? []),
      ...["help", "h", "version", "V"],
    ];
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test("are all understood: each comes through the parser", async () => {
    for (const { long, short, value, choices } of flags.filter((flag) => !flag.long.startsWith("list-"))) {
      for (const name of [`--${long}`, ...(short === undefined ? [] : [`-${short}`])]) {
        const given = value === undefined ? [name] : [name, choices?.[0] ?? VALUES[long] ?? "x"];
        const place = new Place();
        place.write("settings.json", "{}");
        const { stderr } = await place.main([
          ...given,
          ...(long === "trigger" ? ["--window", "1k"] : []),
          "--print-config",
        ]);
        expect({ name, stderr }).toEqual({ name, stderr: "" });
      }
    }
  });
});

/** A value for each flag that does not take just anything. */
const VALUES: Record<string, string> = {
  preset: "mask",
  stage: "mask-observations",
  budget: "30%",
  trigger: "80%",
  window: "200k",
  format: "codex",
  tokenizer: "chars4",
  config: "settings.json",
};

describe("the lists", () => {
  test.each([
    ["--list-stages", stages],
    ["--list-presets", presets],
    ["--list-formats", formats],
  ])("%s names all of them with their description", async (flag, items) => {
    const list = await told(flag);
    for (const { name, description } of items)
      expect(list).toMatch(new RegExp(`^${name}:? +${literally(description)}$`, "m"));
  });

  test("tell each option of a stage with its default", async () => {
    const list = await told("--list-stages");
    for (const { options } of stages) {
      for (const [key, { default: value }] of Object.entries(options))
        expect(list).toContain(`    ${key}=${value}  `);
    }
  });
});

test("--version is the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  expect(await told("--version")).toBe(`${version}\n`);
});

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
