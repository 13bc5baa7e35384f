// Recipes that need GNU parallel, which not every machine has: so they have their own configuration and are not part of
// `npm test`. Start it with `npm run test:machines`, never directly.
import { defineConfig } from "vitest/config";

export default defineConfig({
  cacheDir: "../../node_modules/.vite",
  test: {
    root: import.meta.dirname,
    include: ["**/*.spec.ts"],
    testTimeout: 120_000,
    reporters: ["verbose"],
  },
});
