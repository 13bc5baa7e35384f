// What programs do to the files that they are given, as data. A new program is one line here.

export type FileAct = "read" | "write" | "edit" | "move" | "delete";

export interface Program {
  /** What it does to its operands. `copy` reads all but the last and writes that; `move` likewise. */
  readonly does: FileAct | "copy";
  /** The first operand is a pattern or a script, unless one of these flags carries it. */
  readonly scriptUnless?: RegExp;
  /** Flags whose next word is a value, not an operand. */
  readonly valueFlags?: RegExp;
  /** With this flag it edits its operands in place. */
  readonly editsWith?: RegExp;
  /** Without this flag it touches no file. */
  readonly onlyWith?: RegExp;
  /** Operands may be directories as well: only what reads like the name of a file counts. */
  readonly mayBeDirectories?: boolean;
}

const reads: Program = { does: "read" };
const searches: Program = {
  does: "read",
  scriptUnless: /^(?:-\w*[ef]|--(?:regexp|file)(?:=.*)?|--files)$/,
  valueFlags: /^(?:-[ABCmefgtTd]|--(?:glob|type|max-count|context|include|exclude|exclude-dir|regexp|file))$/,
  mayBeDirectories: true,
};
const formats: Program = { does: "edit", mayBeDirectories: true };

export const PROGRAMS: Readonly<Record<string, Program>> = {
  cat: reads,
  bat: reads,
  less: reads,
  more: reads,
  tac: reads,
  file: reads,
  xxd: reads,
  od: reads,
  strings: reads,
  md5sum: reads,
  sha256sum: reads,
  cmp: reads,
  ".": reads,
  source: reads,
  wc: { does: "read", mayBeDirectories: true },
  nl: { does: "read", valueFlags: /^-[bdfhilnpsvw]$/ },
  head: { does: "read", valueFlags: /^(?:-[nc]|--lines|--bytes)$/ },
  tail: { does: "read", valueFlags: /^(?:-[nc]|--lines|--bytes|--pid)$/ },
  stat: { does: "read", valueFlags: /^(?:-[cf]|--format|--printf)$/, mayBeDirectories: true },
  sort: { does: "read", valueFlags: /^-[koStT]$/ },
  uniq: { does: "read", valueFlags: /^-[fsw]$/ },
  cut: { does: "read", valueFlags: /^-[bcdf]$/ },
  column: { does: "read", valueFlags: /^-[cosN]$/ },
  diff: { does: "read", valueFlags: /^-[UCIxF]$/, mayBeDirectories: true },
  sed: {
    does: "read",
    scriptUnless: /^(?:-\w*[ef]|--expression.*|--file.*)$/,
    valueFlags: /^-\w*[efl]$/,
    editsWith: /^(?:-[nErsuz]*i|--in-place)/,
  },
  perl: {
    does: "read",
    scriptUnless: /^-\w*[eE]$/,
    valueFlags: /^-\w*[eEI]$/,
    editsWith: /^-\w*i(?!\w*[=])/,
    onlyWith: /^-\w*[ipn]/,
  },
  awk: { does: "read", scriptUnless: /^-f$/, valueFlags: /^-[fFv]$/ },
  jq: {
    does: "read",
    scriptUnless: /^(?:-f|--from-file)$/,
    valueFlags: /^(?:-f|--from-file|--indent|--tab)$/,
  },
  yq: { does: "read", scriptUnless: /^--from-file$/, editsWith: /^-\w*i/ },
  grep: searches,
  egrep: searches,
  fgrep: searches,
  rg: searches,
  ag: searches,
  touch: { does: "write", valueFlags: /^-[dtr]$/ },
  tee: { does: "write", editsWith: /^(?:-\w*a|--append)$/ },
  truncate: { does: "edit", valueFlags: /^-[sr]$/ },
  cp: { does: "copy", valueFlags: /^-[St]$/ },
  install: { does: "copy", valueFlags: /^-[mogSt]$/ },
  mv: { does: "move", valueFlags: /^-[St]$/ },
  rm: { does: "delete" },
  unlink: { does: "delete" },
  "git mv": { does: "move" },
  "git rm": { does: "delete" },
  "git restore": { does: "edit", valueFlags: /^-[s]$/, mayBeDirectories: true },
  "git checkout": { does: "edit", onlyWith: /^--$/, mayBeDirectories: true },
  gofmt: { ...formats, onlyWith: /^-\w*w/ },
  goimports: { ...formats, onlyWith: /^-\w*w/ },
  rustfmt: formats,
  black: { ...formats, valueFlags: /^-[lCt]$/ },
  prettier: { ...formats, onlyWith: /^(?:-w|--write)$/ },
};

/** Commands that run the command behind them. The number says how many operands of their own stand between. */
export const WRAPPERS: Readonly<Record<string, number>> = {
  sudo: 0,
  env: 0,
  command: 0,
  exec: 0,
  nohup: 0,
  time: 0,
  xargs: 0,
  stdbuf: 0,
  timeout: 1,
};

/** Shells and interpreters: what they run stands in their words or in a here-document. */
export const SHELLS: ReadonlySet<string> = new Set(["bash", "sh", "zsh", "dash", "ksh"]);
export const INTERPRETERS: ReadonlySet<string> = new Set([
  "python",
  "python3",
  "node",
  "deno",
  "bun",
  "ruby",
  "tsx",
]);
