// Any harness: a shell function for the line of a loop, and the skill where agents of several vendors look for it.
import { join } from "node:path";
import type { Harness } from "./harness.ts";
import { SKILL_NAME, SKILL_TEXT } from "./skill.ts";

function shellText(options: string): string {
  return `# Source this. Call it between two turns: below the trigger, or while a writer holds the file, nothing happens.
compact_session() {
  compact watch --once --quiet ${options === "" ? "" : `${options} `}"$@" || true
}
`;
}

export const generic: Harness = {
  name: "generic",
  title: "Any harness",

  wiring: (scope, { cwd, home, env }, options) => {
    const isUser = scope === "user";
    const folder = isUser ? env.XDG_CONFIG_HOME || join(home, ".config") : join(cwd, ".agents");
    const shell = isUser ? join(folder, "compact", "session.sh") : join(folder, "compact-session.sh");
    return {
      folder,
      pieces: [
        { kind: "file", path: shell, text: shellText(options), options: / --quiet .*"\$@"/ },
        {
          kind: "file",
          path: join(isUser ? home : cwd, ".agents", "skills", SKILL_NAME, "SKILL.md"),
          text: SKILL_TEXT,
        },
      ],
      byHand: [
        { command: `. "${shell}"`, purpose: "in your loop, and then: compact_session FILE|DIR..." },
        {
          command: '*/5 * * * * compact watch --once --quiet -a "$HOME/.compact" DIR',
          purpose: "or a line of crontab",
        },
      ],
    };
  },
};
