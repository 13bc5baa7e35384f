// The client tests download a gigabyte and start other people's programs, so they have their own
// configuration and are not part of `npm test`. Start them with `npm run test:clients`, never directly.
import { defineConfig } from "vitest/config";

export default defineConfig({
  cacheDir: "../../node_modules/.vite",
  test: {
    root: import.meta.dirname,
    include: ["**/*.{spec,test}.ts"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    reporters: ["verbose"],
  },
});
