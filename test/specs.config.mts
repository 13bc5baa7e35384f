// In: `--root`, a folder of tests that need a program which not every machine has. Out: how its `*.spec.ts` are run. They are not
// part of `npm test`: the `run.mjs` of each folder starts them, and says why where it does not.
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  cacheDir: join(import.meta.dirname, "..", "node_modules", ".vite"),
  test: {
    include: ["**/*.spec.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ["verbose"],
  },
});
