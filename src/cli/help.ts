// In: the flag table and the commands. Out: the short help (`-h`, one screen), the long one (`--help`) and that of a command, in
// 80 columns. Examples come first.
import { type CommandSpec, commands, commandUsage } from "./commands/index.ts";
import { type Flag, flags, flagUsage } from "./flags.ts";

const SUMMARY = "Makes agent transcripts smaller: deletes, never rewrites, gives the original back.";

const EXAMPLES: readonly Row[] = [
  ["compact < session.jsonl > smaller.jsonl", "a pipe; the report goes to stderr"],
  ["compact -i --window 200k session.jsonl", "in place, once 80% of it is full"],
  ["compact -n --explain session.jsonl", "what would go, and why"],
  ["compact restore smaller.jsonl > s.jsonl", "the original, byte for byte"],
  ["compact get 3f2a9c1b:12-52", "lines that were removed"],
];

const SECTIONS: readonly Flag["section"][] = ["Output", "What goes", "When", "Reading", "Telling"];

const MAIN_USAGE = "compact [options] [file...]";

/** Fits 24 lines of 80 columns. */
export function shortHelp(): string {
  return text([
    ...columns(EXAMPLES),
    "",
    ...flagColumns(flags.filter((flag) => flag.common)),
    "",
    // By name alone: there are more commands than a screen has lines for.
    ...wrap(`Commands: ${commands.map(({ name }) => name).join(", ")}`, WIDTH),
    "What they do, and all flags: compact --help",
  ]);
}

export function longHelp(): string {
  const sections = SECTIONS.flatMap((section) => [
    "",
    `${section}:`,
    ...flagColumns(flags.filter((flag) => flag.section === section)),
  ]);
  return text([
    "Examples:",
    ...columns(EXAMPLES),
    "",
    ...wrap(`${SUMMARY} Without a file, or with \`-\`, compact reads stdin and writes stdout.`, WIDTH),
    "",
    "Commands:",
    ...columns([
      [MAIN_USAGE, "make transcripts smaller"],
      ...commands.map((command): Row => [commandUsage(command), command.description]),
    ]),
    ...sections,
    "",
    ...wrap(
      "Exit codes: 0 done; 1 a condition is not met (--strict, --budget, unknown format, restored but not verified); 2 an error; 130 after Ctrl-C.",
      WIDTH,
    ),
  ]);
}

export function commandHelp(command: CommandSpec): string {
  return text([
    ...columns([[commandUsage(command), command.description]]),
    "",
    ...flagColumns([
      ...(command.flags ?? []),
      ...flags.filter((flag) => flag.commands?.includes(command.name)),
    ]),
  ]);
}

type Row = readonly [left: string, right: string];

const WIDTH = 80;

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function flagColumns(rows: readonly Flag[]): string[] {
  return columns(rows.map((flag) => [flagUsage(flag), flag.description]));
}

function columns(rows: readonly Row[]): string[] {
  const left = Math.max(...rows.map(([first]) => first.length)) + 4;
  return rows.flatMap(([first, second]) =>
    wrap(second, WIDTH - left).map((line, i) => `${i === 0 ? `  ${first}` : ""}`.padEnd(left) + line),
  );
}

/** Breaks between words. */
function wrap(words: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
