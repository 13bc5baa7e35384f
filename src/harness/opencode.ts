// opencode: a plugin and the skill. Its sessions lie in a database that compact does not read, so the plugin changes what is sent.
import { join } from "node:path";
import type { Harness } from "./harness.ts";
import { SKILL_NAME, SKILL_TEXT } from "./skill.ts";

/** As the build writes it. */
const PLUGIN = "opencode-plugin.js";
const NO_OPTIONS = 'OPTIONS = ""';

export const opencode: Harness = {
  name: "opencode",
  title: "opencode",

  wiring: (scope, { cwd, home, env, programFile }, options) => {
    const folder =
      scope === "user"
        ? join(env.XDG_CONFIG_HOME || join(home, ".config"), "opencode")
        : join(cwd, ".opencode");
    const plugin = programFile(PLUGIN);
    if (!plugin.includes(NO_OPTIONS)) throw new Error(`${PLUGIN} has no place for options`);
    return {
      folder,
      pieces: [
        {
          kind: "file",
          path: join(folder, "plugins", "compact.js"),
          text: plugin.replace(NO_OPTIONS, () => `OPTIONS = ${JSON.stringify(options)}`),
          options: /OPTIONS = ".*"/,
        },
        { kind: "file", path: join(folder, "skills", SKILL_NAME, "SKILL.md"), text: SKILL_TEXT },
      ],
      byHand: [
        {
          command: '"mcp": { "compact": { "type": "local", "command": ["compact", "mcp"] } }',
          purpose: "in opencode.json, for get, search, facts and actions as tools",
        },
      ],
    };
  },
};
