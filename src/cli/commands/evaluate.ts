// `compact evaluate GLOB…`. In: transcripts. Out: how much of what agents used later would still be there, on stdout. Writes nothing
// else but the curve that is asked for.

import { DEFAULT_PRESET } from "../../config/presets.ts";
import type { Settings } from "../../config/settings.ts";
import { type MeasuredCut, measureFile } from "../../evaluate/recall/measure.ts";
import { DEFAULT_BUDGETS, measurementOf } from "../../evaluate/recall/runs.ts";
import { ALL, type Result, summarise } from "../../evaluate/recall/summary.ts";
import { renderText } from "../../evaluate/recall/text.ts";
import { ExitCode, worst } from "../exit-codes.ts";
import { findFiles } from "../find-files.ts";
import { shortHelp } from "../help.ts";
import type { Io } from "../io.ts";
import { CliError, tell, tellText } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { curveWriter } from "./evaluate-curve.ts";
import { evaluateInput } from "./evaluate-input.ts";

export interface EvaluateFlags {
  readonly replay?: boolean;
  readonly budgets?: string;
  readonly presets?: string;
  readonly baselines?: boolean;
  readonly minRecallV?: string;
  readonly curve?: string;
  readonly json?: boolean;
  readonly protect?: readonly string[];
  readonly format?: string;
  readonly tokenizer?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export async function runEvaluate(names: readonly string[], flags: EvaluateFlags, io: Io): Promise<ExitCode> {
  if (names.length === 0 && io.stdin.isTTY) {
    await tellText(io, shortHelp());
    return ExitCode.error;
  }
  if (flags.replay) return (await import("./evaluate-replay.ts")).runReplay(names, flags, io);
  const measurement = measurementOf({
    budgets: list(flags.budgets ?? DEFAULT_BUDGETS),
    presets: list(flags.presets ?? DEFAULT_PRESET),
    withBaselines: flags.baselines === true,
    settings: settingsOf(flags),
  });
  const threshold = thresholdOf(flags.minRecallV);
  const inputs = await findFiles(names, io.cwd);
  const draw = await curveWriter<Result>(flags, inputs, io, () => import("../../evaluate/recall/curve.ts"));

  const cuts: MeasuredCut[] = [];
  const skipped: string[] = [];
  const codes: ExitCode[] = [];
  for (const input of inputs) {
    if (io.interrupted.aborted) return ExitCode.interrupted;
    const measured = await evaluateInput(input, flags, io, (name, source) =>
      measureFile(name, source, measurement),
    );
    if (measured === undefined) codes.push(ExitCode.error);
    else if (measured.length === 0) skipped.push(input.name);
    else cuts.push(...measured);
  }
  const result = summarise(cuts, skipped);
  const text = flags.json ? `${JSON.stringify(result, null, 2)}\n` : renderText(result);
  await writeOutput({ type: "stdout" }, [Buffer.from(text)], io);
  await draw?.(result);
  if (threshold !== undefined) codes.push(await judge(result, threshold, flags, io));
  return worst(codes);
}

function settingsOf({ protect, format, tokenizer }: EvaluateFlags): Settings {
  return {
    ...(protect === undefined ? {} : { protect }),
    ...(format === undefined ? {} : { format }),
    ...(tokenizer === undefined ? {} : { tokenizer }),
  };
}

function list(names: string): string[] {
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function thresholdOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const value = Number(written);
  if (written.trim() !== "" && value >= 0 && value <= 1) return value;
  throw new CliError(`--min-recall-v: \`${written}\`, expected a number from 0 to 1`);
}

/** What is named on the command line must hold; where nothing is, the default preset. */
async function judge({ groups }: Result, threshold: number, flags: EvaluateFlags, io: Io): Promise<ExitCode> {
  const isAsked = (kind: string) =>
    (kind === "budget" && flags.budgets !== undefined) ||
    (kind === "preset" && (flags.presets !== undefined || flags.budgets === undefined));
  const points = (groups.find(({ name }) => name === ALL)?.points ?? []).filter(({ kind }) => isAsked(kind));
  const recalls = points.map(({ name, methods }) => ({ name, v: methods[0]?.recall.v?.mean }));
  const low = recalls.filter(({ v }) => v === undefined || v < threshold);
  for (const { name, v } of low) {
    await tell(io, `recall V of ${name} is ${v?.toFixed(3) ?? "unknown"}, expected ${threshold} or more`);
  }
  if (recalls.length === 0)
    await tell(io, "nothing was measured, expected transcripts of at least 2,000 observation tokens");
  return low.length > 0 || recalls.length === 0 ? ExitCode.condition : ExitCode.done;
}
