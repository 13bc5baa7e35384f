// In: the flag table and the commands. Out: the short help (`-h`, one screen) and the long one (`--help`). Examples come first.
import { type Flag, flags, flagUsage } from "./flags.ts";

const EXAMPLES: readonly (readonly [command: string, meaning: string])[] = [
  ["compact < session.jsonl > smaller.jsonl", "a pipe; the report goes to stderr"],
  ["compact -i --window 200k session.jsonl", "in place, once it fills 80% of the window"],
  ["compact -n --explain session.jsonl", "what would go, and why; writes nothing"],
  ["compact restore smaller.jsonl > session.jsonl", "the original, byte for byte"],
  ["compact get 3f2a9c1b:12-52", "lines of an observation that was removed"],
];

export const COMMANDS: readonly (readonly [usage: string, description: string])[] = [
  ["compact [options] [file...]", "make transcripts smaller"],
  ["compact restore FILE", "the original bytes of a compacted transcript"],
  ["compact get REF[:LINES]", "the text behind a marker, or lines of it"],
  ["compact facts FILE...", "what sessions establish: rules, errors, files, plan"],
];

const SECTIONS: readonly Flag["section"][] = ["Output", "What goes", "When", "Reading", "Telling"];

/** Fits 24 lines of 80 columns. */
export function shortHelp(): string {
  const common = flags.filter((flag) => flag.common);
  return [
    "Makes agent transcripts smaller: deletes, never rewrites, gives the original back.",
    "",
    ...columns(EXAMPLES),
    "",
    ...columns(common.map((flag) => [flagUsage(flag), flag.description])),
    "",
    ...columns(COMMANDS.slice(1)),
    "All flags: compact --help",
    "",
  ].join("\n");
}

export function longHelp(): string {
  const sections = SECTIONS.flatMap((section) => [
    `${section}:`,
    ...columns(
      flags.filter((flag) => flag.section === section).map((flag) => [flagUsage(flag), flag.description]),
    ),
    "",
  ]);
  return [
    "Makes agent transcripts smaller: deletes, never rewrites, gives the original back.",
    "Without a file, or with `-`, compact reads stdin and writes stdout.",
    "",
    "Examples:",
    ...columns(EXAMPLES),
    "",
    "Commands:",
    ...columns(COMMANDS),
    "",
    ...sections,
    "Exit codes: 0 done; 1 a condition is not met (--strict, --budget, unknown format,",
    "restored but not verified); 2 an error; 130 after Ctrl-C.",
    "",
  ].join("\n");
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
