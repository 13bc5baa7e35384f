// The exit codes. A batch ends with the highest of its files.

export const ExitCode = {
  done: 0,
  /** A condition is not met: `--strict` hit, budget not reachable, unknown format, restored but not verified. */
  condition: 1,
  /** Usage, configuration, input or output, a broken promise. */
  error: 2,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export function worst(codes: readonly ExitCode[]): ExitCode {
  return Math.max(ExitCode.done, ...codes) as ExitCode;
}
