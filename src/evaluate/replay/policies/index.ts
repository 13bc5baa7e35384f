// The registry of policies that a session is replayed under. Those of others have the numbers that they are published with.
import { clearAtSize, maskEveryTurn } from "./keep-newest.ts";
import { gemini, opencode } from "./keep-newest-tokens.ts";
import { none } from "./none.ts";
import type { Policy } from "./policy.ts";

export const policiesOfOthers: readonly Policy[] = [none, maskEveryTurn, clearAtSize, opencode, gemini];
