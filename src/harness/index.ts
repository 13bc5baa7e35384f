// The registry of harnesses: a new one is a file and a line here.
import { claudeCode } from "./claude-code.ts";
import { codex } from "./codex.ts";
import { generic } from "./generic.ts";
import type { Harness } from "./harness.ts";
import { opencode } from "./opencode.ts";

export const harnesses: readonly Harness[] = [claudeCode, codex, opencode, generic];
