// opencode: the skill. It keeps sessions in a database, which compact does not read.
import { join } from "node:path";
import type { Harness } from "./harness.ts";
import { SKILL_NAME, SKILL_TEXT } from "./skill.ts";

export const opencode: Harness = {
  name: "opencode",
  title: "opencode",
  wiring: (scope, { cwd, home, env }) => {
    const folder =
      scope === "user"
        ? join(env.XDG_CONFIG_HOME || join(home, ".config"), "opencode")
        : join(cwd, ".opencode");
    return {
      pieces: [{ kind: "file", path: join(folder, "skills", SKILL_NAME, "SKILL.md"), text: SKILL_TEXT }],
      byHand: [],
    };
  },
};
