// In: nothing. Out: the flags of `evaluate --replay`.
import type { Flag } from "../flags.ts";
import { watchFlags } from "./watch-flags.ts";

const LIMITS: ReadonlySet<string> = new Set(["target", "min-savings", "hold-off"]);

export const replayFlags: readonly Flag[] = [
  {
    long: "replay",
    section: "What goes",
    description: "what sessions would have cost, request by request, under this and other policies",
  },
  {
    long: "min-tokens",
    value: "N",
    section: "What goes",
    description: "with --replay: leave out sessions of fewer context tokens",
  },
  ...watchFlags.filter(({ long }) => LIMITS.has(long)),
];
