// The registry: a new client is one file and one line here.
import { claudeCode } from "./claude-code.ts";
import type { Client } from "./client.ts";
import { codex } from "./codex.ts";
import { pi } from "./pi.ts";

export const clients: readonly Client[] = [claudeCode, codex, pi];
