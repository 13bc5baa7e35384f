// In: nothing. Out: the flags of the commands that remember. The parser and the help of each command are made from these lists.
import type { Flag } from "../flags.ts";

const section = "Telling";

export const factsFlags: readonly Flag[] = [
  { long: "json", section, description: "everything, with the source of each statement" },
  { long: "md", section, description: "Markdown (default)" },
  {
    long: "since",
    value: "LINE|DATE",
    section,
    description: "what was stated or changed there or later: 120, 2026-11-20",
  },
  {
    long: "max-tokens",
    value: "N",
    section,
    description: "a ledger of at most so many tokens, as Markdown",
  },
];

export const searchFlags: readonly Flag[] = [
  { long: "json", section, description: "hits with scores, as JSON" },
  { long: "limit", value: "N", section, description: "so many hits at most (default: 10)" },
  { long: "tool", value: "NAME", section, description: "only what tools of this name brought" },
  { long: "path", value: "GLOB", section, description: "only what concerns this path or command" },
  {
    long: "kind",
    value: "KIND",
    section,
    description: "artifact, fact, pad, or a kind of fact: constraint, error, file, ...",
  },
  { long: "session", value: "NAME", section, description: "only this transcript, by name or SHA-256" },
];

export const actionsFlags: readonly Flag[] = [
  { long: "skill", section, description: "show: as SKILL.md; with -o DIR as its folder" },
  { long: "sh", section, description: "show: as a commented shell script" },
  { long: "json", section, description: "everything, with the source of each step" },
];
