// The README's recipes, read by shellcheck.
import { expect, test } from "vitest";
import { recipe } from "../cli/recipes.ts";
import { Place } from "../cli/run.ts";

test.each(["parallel", "parallel-ssh", "slurm", "pipe"])("the recipe %s is sound", async (name) => {
  const { stdout, code } = await new Place().shell("shellcheck --shell=bash -", { input: recipe(name) });
  expect(code, stdout).toBe(0);
});
