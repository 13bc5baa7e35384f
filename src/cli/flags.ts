// In: nothing. Out: every flag, once. The parser, the help and the README table are made from this list.

export interface Flag {
  readonly long: string;
  readonly short?: string;
  /** Name of the value; absent for switches. */
  readonly value?: string;
  /** May be given more than once. */
  readonly repeats?: boolean;
  /** The values it takes, where they are few. */
  readonly choices?: readonly string[];
  readonly description: string;
  readonly section: "Output" | "What goes" | "When" | "Reading" | "Telling";
  /** Shown by `-h` too. */
  readonly common?: boolean;
  /** The other commands that take it. */
  readonly commands?: readonly string[];
}

export const flags: readonly Flag[] = [
  {
    long: "output",
    short: "o",
    value: "PATH",
    section: "Output",
    common: true,
    commands: ["restore", "actions", "watch"],
    description: "write there: a file, or a directory for several files",
  },
  {
    long: "in-place",
    short: "i",
    section: "Output",
    common: true,
    description: "replace each file by its compacted self",
  },
  {
    long: "artifacts",
    short: "a",
    value: "DIR",
    section: "Output",
    common: true,
    commands: ["restore", "get", "facts", "actions", "search", "mcp", "watch", "gc"],
    description: "the store (default: the nearest .compact upwards)",
  },
  { long: "no-artifacts", section: "Output", description: "store nothing: what goes is gone" },
  {
    long: "force",
    section: "Output",
    commands: ["restore", "actions", "evaluate", "report", "gc"],
    description: "replace existing files, with -i also those modified within a minute; gc: remove",
  },
  {
    long: "dry-run",
    short: "n",
    section: "Output",
    common: true,
    description: "write nothing but the report",
  },
  {
    long: "preset",
    short: "p",
    value: "NAME",
    section: "What goes",
    common: true,
    commands: ["report", "plan", "watch", "init", "hook"],
    description: "a named pipeline: see --list-presets (default: balanced)",
  },
  {
    long: "stage",
    short: "s",
    value: "NAME[:k=v,...]",
    repeats: true,
    section: "What goes",
    commands: ["report", "plan", "watch"],
    description: "one step of an own pipeline instead of a preset; repeatable, in order",
  },
  {
    long: "protect",
    value: "PATTERN",
    repeats: true,
    section: "What goes",
    commands: ["evaluate", "report", "plan", "watch"],
    description: "keep observations of tools and paths that match a glob, or lines that match /regex/",
  },
  {
    long: "budget",
    short: "b",
    value: "N|Nk|N%",
    section: "When",
    common: true,
    commands: ["report", "plan", "watch"],
    description: "stop deleting when so many context tokens are left",
  },
  {
    long: "tier",
    value: "NAME",
    choices: ["free", "careful"],
    section: "When",
    description: "what a budget may touch: free (default), or careful: old thinking and assistant text too",
  },
  {
    long: "trigger",
    value: "N|N%",
    section: "When",
    commands: ["report", "watch", "evaluate", "init", "hook"],
    description: "leave transcripts below so many context tokens, or below a share of --window, as they are",
  },
  {
    long: "window",
    value: "N",
    section: "When",
    commands: ["report", "plan", "watch", "evaluate", "init", "hook"],
    description: "the model's context window in tokens; alone it means --trigger 80%",
  },
  {
    long: "cache-aware",
    commands: ["plan", "watch"],
    section: "When",
    description: "cut only what pays for the prompt cache it breaks; with watch, as soon as it does",
  },
  {
    long: "horizon",
    value: "N",
    commands: ["plan", "watch", "evaluate"],
    section: "When",
    description: "how many turns a cut has to pay for itself within (default: 20)",
  },
  {
    long: "prices",
    value: "NAME|FILE",
    commands: ["plan", "watch", "evaluate"],
    section: "When",
    description: "of the cache: anthropic (default), anthropic-1h, openai, google, or own ones as JSON",
  },
  {
    long: "format",
    short: "f",
    value: "NAME",
    section: "Reading",
    commands: ["evaluate", "report", "diff", "plan", "watch"],
    description: "do not detect the format: see --list-formats",
  },
  {
    long: "tokenizer",
    value: "NAME",
    section: "Reading",
    commands: ["facts", "evaluate", "report", "plan", "watch"],
    description: "o200k_base (default), cl100k_base or chars4, an estimate",
  },
  {
    long: "strict",
    section: "Reading",
    commands: ["report"],
    description: "write nothing of a file that has warnings",
  },
  {
    long: "config",
    short: "c",
    value: "FILE",
    section: "Reading",
    commands: ["report", "plan", "watch"],
    description: "settings (default: the nearest compact.config.json upwards)",
  },
  {
    long: "report",
    value: "FORMAT",
    choices: ["text", "json", "ndjson", "csv", "md", "html", "none"],
    section: "Telling",
    common: true,
    commands: ["report"],
    description: "what to say on stderr: text (default), json, ndjson, csv, md, html or none",
  },
  {
    long: "report-file",
    value: "FILE",
    section: "Telling",
    commands: ["report"],
    description: "write the report there instead; its ending names the format (default: json)",
  },
  {
    long: "jobs",
    short: "j",
    value: "N",
    section: "When",
    commands: ["report"],
    description: "work on so many files at once (default: as many as there are cores)",
  },
  {
    long: "each-line",
    section: "Reading",
    description: "each line is a transcript of its own: one in, one out, for Spark and Hadoop",
  },
  {
    long: "inline-artifacts",
    section: "Output",
    description: "with --each-line: what goes as a second column, behind a tab, not in the store",
  },
  {
    long: "shard",
    value: "I/N",
    section: "Reading",
    commands: ["report"],
    description: "of all files every Nth, from the Ith on: the part of one machine",
  },
  {
    long: "resume",
    section: "When",
    commands: ["report"],
    description: "go on where an interrupted run stopped: skip files that are done and unchanged",
  },
  {
    long: "explain",
    section: "Telling",
    common: true,
    description: "list every deletion: where, how much, which stage, why",
  },
  {
    long: "quiet",
    short: "q",
    section: "Telling",
    commands: ["restore", "get", "facts", "actions", "search", "evaluate", "report", "plan", "watch"],
    description: "errors and unmet conditions only",
  },
  {
    long: "verbose",
    short: "v",
    section: "Telling",
    commands: [
      "restore",
      "get",
      "facts",
      "actions",
      "search",
      "evaluate",
      "report",
      "diff",
      "plan",
      "watch",
      "gc",
    ],
    description: "stack traces of errors",
  },
  {
    long: "color",
    value: "WHEN",
    choices: ["auto", "always", "never"],
    section: "Telling",
    commands: ["report", "diff"],
    description: "auto (default: on a terminal, unless NO_COLOR is set), always or never",
  },
  { long: "print-config", section: "Telling", description: "print the settings that would be used, and end" },
  { long: "list-stages", section: "Telling", description: "list the stages with their options, and end" },
  { long: "list-presets", section: "Telling", description: "list the presets, and end" },
  { long: "list-formats", section: "Telling", description: "list the transcript formats, and end" },
];

/** `-o, --output PATH`, as help and README print it. */
export function flagUsage({ long, short, value }: Flag): string {
  const name = short === undefined ? `    --${long}` : `-${short}, --${long}`;
  return value === undefined ? name : `${name} ${value}`;
}
