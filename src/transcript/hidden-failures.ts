// In: a command that its harness saw end well, and what it printed. Out: whether it failed all the same: of `npm test | head` the
// shell reports how head ended. Reads the text only where the command hides its own status.
import { commandKind } from "./command-kind.ts";

/** Ends of a command line that report another status than that of the command before. */
const HIDES_STATUS =
  /\|\s*(?:head|tail|grep|egrep|rg|tee|sed|awk|cut|sort|uniq|wc|cat|less|jq)\b[^|&;\n]*$|\|\|\s*(?:true|:|echo\b[^|&;\n]*)\s*$|;\s*(?:true|:|echo\b[^|&;\n]*)\s*$/;

/** How builds and tests say that they failed: whole phrases, since words such as `error` stand in output that went well, too. */
const FAILURE_CUES: readonly RegExp[] = [
  /^\s*(?:--- )?FAIL\b/m, // Go, Jest, Vitest
  /^\s*not ok \d/m, // TAP
  /\berror TS\d+:/, // TypeScript
  /^error(?:\[E\d+\])?: /m, // Rust, and many others
  /^\S+:\d+(?::\d+)?:? (?:fatal )?error\b/m, // gcc, clang
  /^Traceback \(most recent call last\)/m, // Python
  /^(?:panic|fatal error): /m, // Go
  /^E {3,}\S/m, // pytest
  /\b[1-9]\d* (?:failed|failing|failures?|errors?)\b/i,
  /^(?:npm ERR!|npm error|make: \*\*\*)/m,
  /^(?:BUILD FAILED|BUILD FAILURE|FAILED\b)/m,
];

export function failedUnseen(toolName: string, command: string | undefined, text: string): boolean {
  if (command === undefined || !HIDES_STATUS.test(command.trimEnd())) return false;
  const kind = commandKind(toolName, command);
  return (kind === "test" || kind === "run") && FAILURE_CUES.some((cue) => cue.test(text));
}
