import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder = "";
let inputs: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tokens-"));
  const result = await build({
    stdin: {
      contents: `import { tokenCounter } from "./src/tokens/index.ts";
        try { process.stdout.write(String(tokenCounter("o200k_base").count("hello, world"))); }
        catch (error) { process.stdout.write(error.message); }`,
      resolveDir: process.cwd(),
    },
    outfile: join(folder, "cli.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    metafile: true,
  });
  inputs = Object.keys(result.metafile.inputs);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (): string => execFileSync(process.execPath, [join(folder, "cli.js")], { encoding: "utf8" });

test("a CommonJS bundle says which table it misses", () => {
  expect(run()).toContain("no token table for o200k_base in");
});

test("a CommonJS bundle finds the tables beside itself", () => {
  cpSync("dist/tokens", join(folder, "tokens"), { recursive: true });
  expect(run()).toBe("3");
});

test("a bundle contains nothing of js-tiktoken", () => {
  expect(inputs).toContain("src/tokens/scanner.ts");
  expect(inputs.filter((input) => input.includes("node_modules"))).toEqual([]);
});
