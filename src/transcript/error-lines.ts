// In: the lines of an observation. Out: which of them report an error. Decides what of a very long error is protected.

/** Words and shapes by which tools report errors, in many languages of tools. One line is enough; no line is parsed. */
const ERROR_CUES: readonly RegExp[] = [
  /\b(?:error|fatal|panic(?:ked)?|exception|traceback|failed|failure|fails|failing)\b/i,
  /\b[A-Z]\w*(?:Error|Exception)\b/,
  /\b(?:TS|E|CS|CVE-)\d{3,}\b/, // TypeScript, Rust, C#
  /\bE[A-Z]{4,}\b/, // ENOENT, ECONNREFUSED
  /^\s*(?:not ok|FAIL|✗|✖|✘|×)/,
  /\b(?:assert(?:ion)?|segmentation fault|core dumped|undefined reference|permission denied|no such file|not found|cannot)\b/i,
];

export function isErrorLine(line: string): boolean {
  return ERROR_CUES.some((cue) => cue.test(line));
}
