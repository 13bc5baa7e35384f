// `compact plan FILE`. In: a transcript. Out: whether compacting it now is worth what it costs a prompt cache, on stdout. Writes
// nothing else.
import { compact } from "../../compact.ts";
import { resolve } from "../../config/resolve.ts";
import { printable } from "../../escape/printable.ts";
import { type CutPlan, planCut } from "../../evaluate/cut-plan.ts";
import { type CompactFlags, settingsOf } from "../compact-flags.ts";
import { ExitCode } from "../exit-codes.ts";
import { type Input, inputsOf, readInput } from "../inputs.ts";
import type { Io } from "../io.ts";
import { CliError, tell } from "../messages.ts";
import { writeOutput } from "../outputs.ts";

export interface PlanFlags extends CompactFlags {
  readonly json?: boolean;
}

export async function runPlan(operands: readonly string[], flags: PlanFlags, io: Io): Promise<ExitCode> {
  if (operands.length > 1) {
    throw new CliError(`plan: ${operands.length} files, expected one: compact plan FILE`);
  }
  const config = resolve(settingsOf(flags, io.cwd));
  const [input] = inputsOf(operands, io.cwd) as [Input];
  const compaction = compact(await readInput(input, io), { ...config, trigger: { tokens: 0 } });
  const plan = planCut(compaction, { cache: config.cache, now: Date.now(), window: config.window });
  if (plan === undefined) {
    await tell(io, `${input.name}: no single transcript, expected one: there is no one prompt to plan for`);
    return ExitCode.condition;
  }
  const text = flags.json
    ? `${JSON.stringify({ path: input.name, ...plan }, null, 2)}\n`
    : printPlan(input.name, plan, config.cache.prices.name);
  await writeOutput({ type: "stdout" }, [Buffer.from(text)], io);
  return ExitCode.done;
}

const ADVICE: Readonly<Record<CutPlan["advice"], string>> = {
  now: "compact now",
  "next-idle": "compact at the next idle",
  "hand-off": "compact at hand-off",
  never: "do not compact",
};

function printPlan(name: string, plan: CutPlan, prices: string): string {
  const { tokensBefore, tokensAfter, freed, turnsUntilPaid, idleSeconds } = plan;
  const idle = idleSeconds === undefined ? "" : `, idle for ${duration(idleSeconds)}`;
  const paid =
    turnsUntilPaid === null
      ? "never"
      : turnsUntilPaid === 0
        ? "at once"
        : `after ${amount(turnsUntilPaid)} turns`;
  const cut = [
    `  frees              ${amount(freed)} of ${amount(tokensBefore)} tokens, ${amount(tokensAfter)} are left`,
    `  first edit         at token ${amount(plan.firstEditedToken)}, ${amount(plan.tokensToWrite)} tokens behind it to write again`,
    `  paid for           ${paid}`,
  ];
  return [
    `${printable(name)}: ${ADVICE[plan.advice]}: ${plan.reason}`,
    ...(freed > 0 ? cut : []),
    `  prompt cache       ${plan.cache}${idle} (prices of ${prices})`,
    "",
  ].join("\n");
}

const UNITS: readonly (readonly [unit: string, seconds: number])[] = [
  ["days", 86_400],
  ["hours", 3600],
  ["minutes", 60],
];

function duration(seconds: number): string {
  const [unit, size] = UNITS.find(([, least]) => seconds >= 2 * least) ?? ["seconds", 1];
  return `${amount(Math.floor(seconds / size))} ${unit}`;
}

function amount(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
