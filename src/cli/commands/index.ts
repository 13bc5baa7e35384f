// The registry of commands beside the main one. A command is loaded when it is asked for: start-up is part of every call.
import type { ExitCode } from "../exit-codes.ts";
import type { Flag } from "../flags.ts";
import type { Io } from "../io.ts";
import { evaluateFlags } from "./evaluate-flags.ts";
import { gcFlags } from "./gc-flags.ts";
import { hookFlags, initFlags } from "./harness-flags.ts";
import { actionsFlags, factsFlags, searchFlags } from "./memory-flags.ts";
import { reportFlags } from "./report-flags.ts";
import { planFlags, watchFlags } from "./watch-flags.ts";

export interface CommandSpec {
  readonly name: string;
  /** Its operand, as help prints it. */
  readonly operand: string;
  readonly description: string;
  /** Those that no other command has; what it shares is in `flags.ts`. */
  readonly flags?: readonly Flag[];
  /** @param flags those of `flags.ts` that name the command, as the parser hands them over */
  run(operands: readonly string[], flags: Readonly<Record<string, unknown>>, io: Io): Promise<ExitCode>;
}

export const commands: readonly CommandSpec[] = [
  {
    name: "report",
    operand: "GLOB...",
    description: "where context goes, and what would be saved",
    flags: reportFlags,
    run: async (operands, flags, io) =>
      (await import("./report.ts")).runReport(operands, flags as object, io),
  },
  {
    name: "diff",
    operand: "A B",
    description: "what went from A to its compacted self B",
    run: async (operands, flags, io) => (await import("./diff.ts")).runDiff(operands, flags as object, io),
  },
  {
    name: "restore",
    operand: "FILE",
    description: "the original bytes of a compacted transcript",
    run: async (operands, flags, io) =>
      (await import("./restore.ts")).runRestore(operands, flags as object, io),
  },
  {
    name: "get",
    operand: "REF[:LINES]",
    description: "the text behind a marker, or lines of it",
    run: async (operands, flags, io) => (await import("./get.ts")).runGet(operands, flags as object, io),
  },
  {
    name: "plan",
    operand: "FILE",
    description: "whether a cut is worth what it costs a prompt cache",
    flags: planFlags,
    run: async (operands, flags, io) => (await import("./plan.ts")).runPlan(operands, flags as object, io),
  },
  {
    name: "watch",
    operand: "FILE|DIR...",
    description: "cut sessions in the background as they grow",
    flags: watchFlags,
    run: async (operands, flags, io) => (await import("./watch.ts")).runWatch(operands, flags as object, io),
  },
  {
    name: "evaluate",
    operand: "GLOB...",
    description: "what agents used later, and what would still be there",
    flags: evaluateFlags,
    run: async (operands, flags, io) =>
      (await import("./evaluate.ts")).runEvaluate(operands, flags as object, io),
  },
  {
    name: "facts",
    operand: "FILE...",
    description: "what sessions establish: rules, errors, files, plan",
    flags: factsFlags,
    run: async (operands, flags, io) => (await import("./facts.ts")).runFacts(operands, flags as object, io),
  },
  {
    name: "actions",
    operand: "FILE...",
    description: "steps that worked; also: find TASK, show ID",
    flags: actionsFlags,
    run: async (operands, flags, io) =>
      (await import("./actions.ts")).runActions(operands, flags as object, io),
  },
  {
    name: "search",
    operand: "QUERY",
    description: "passages of everything stored, best first",
    flags: searchFlags,
    run: async (operands, flags, io) =>
      (await import("./search.ts")).runSearch(operands, flags as object, io),
  },
  {
    name: "gc",
    operand: "",
    description: "what of the store nobody needs, and its removal",
    flags: gcFlags,
    run: async (operands, flags, io) => (await import("./gc.ts")).runGc(operands, flags as object, io),
  },
  {
    name: "mcp",
    operand: "",
    description: "get, search, facts and actions as an MCP server on stdio",
    run: async (_operands, flags, io) => (await import("./mcp.ts")).runMcp(flags as object, io),
  },
  {
    name: "init",
    operand: "HARNESS",
    description: "what wires compact into claude-code, codex, opencode or generic",
    flags: initFlags,
    run: async (operands, flags, io) => (await import("./init.ts")).runInit(operands, flags as object, io),
  },
  {
    name: "hook",
    operand: "HARNESS",
    description: "what its hooks call, with their JSON on stdin",
    flags: hookFlags,
    run: async (operands, flags, io) =>
      flags.now === true
        ? (await import("../hook-work.ts")).runHookWork(operands, flags as object, io)
        : (await import("./hook.ts")).runHook(io),
  },
];

/** `compact get REF[:LINES]`, as help and messages print it. */
export function commandUsage({ name, operand }: CommandSpec): string {
  return `compact ${name} ${operand}`.trimEnd();
}
