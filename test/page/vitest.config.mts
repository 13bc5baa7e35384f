// The page is tested in a real browser, which not every machine has: so it has its own configuration and is not part of
// `npm test`. Start it with `npm run test:page`, never directly.
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
