// In: a harness. Out: the command that its settings call, and the sign by which it is known again as ours.

/** Ends well whatever happens: where compact is not on the PATH, the agent goes on as if nothing had been said. */
export function hookCommand(harness: string, options: string): string {
  return `${["compact hook", harness, options].filter(Boolean).join(" ")} || true`;
}

export function isHookCommand(command: string, harness: string): boolean {
  return new RegExp(`\\bcompact(?:\\.js)?"? hook ${harness}(?: |$)`).test(command);
}

/** In seconds; the hook itself gives up long before. */
export const HOOK_TIMEOUT = 10;
