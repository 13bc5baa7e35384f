// `compact evaluate --replay GLOB…`. In: recorded sessions. Out: what they would have cost under each policy, on stdout. Writes nothing
// else but the curve that is asked for.
import type { Config } from "../../config/config.ts";
import { parseAmount, resolve } from "../../config/resolve.ts";
import type { Settings } from "../../config/settings.ts";
import { type Replay, replayFile, type SessionResult } from "../../evaluate/replay/measure.ts";
import { compactWhenDue } from "../../evaluate/replay/policies/compact-when-due.ts";
import { policiesOfOthers } from "../../evaluate/replay/policies/index.ts";
import { renderText } from "../../evaluate/replay/text.ts";
import { type ReplayResult, resultOf } from "../../evaluate/replay/total.ts";
import { type CompactFlags, settingsOf } from "../compact-flags.ts";
import { ExitCode, worst } from "../exit-codes.ts";
import { findFiles } from "../find-files.ts";
import type { Io } from "../io.ts";
import { CliError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { type LimitFlags, watchLimits } from "../watch-limits.ts";
import { curveWriter } from "./evaluate-curve.ts";
import { evaluateInput } from "./evaluate-input.ts";

export interface ReplayFlags extends CompactFlags, LimitFlags {
  readonly presets?: string;
  readonly minTokens?: string;
  readonly curve?: string;
  readonly json?: boolean;
}

export async function runReplay(names: readonly string[], flags: ReplayFlags, io: Io): Promise<ExitCode> {
  const setup = replayOf(flags, io);
  const inputs = await findFiles(names, io.cwd);
  const draw = await curveWriter<ReplayResult>(
    flags,
    inputs,
    io,
    () => import("../../evaluate/replay/curve.ts"),
  );
  const sessions: SessionResult[] = [];
  const codes: ExitCode[] = [];
  for (const input of inputs) {
    if (io.interrupted.aborted) return ExitCode.interrupted;
    const replayed = await evaluateInput(input, flags, io, (name, source) => replayFile(name, source, setup));
    if (replayed === undefined) codes.push(ExitCode.error);
    else sessions.push(...replayed);
  }
  const result = resultOf(sessions, setup);
  const text = flags.json ? `${JSON.stringify(result, null, 2)}\n` : renderText(result);
  await writeOutput({ type: "stdout" }, [Buffer.from(text)], io);
  await draw?.(result);
  return worst(codes);
}

/** Ours as `watch` runs it, where the target says how far, and with --cache-aware, where each pipeline does. */
function replayOf(flags: ReplayFlags, io: Io): Replay {
  const { limits, settings, window } = watchLimits(settingsOf(flags, io.cwd), flags);
  const pipelines = pipelinesOf(flags.presets, settings);
  const plain = compactWhenDue("compact watch", pipelines[0]?.config ?? resolve(settings), {
    ...limits,
    isCacheAware: false,
  });
  const aware = pipelines.map(({ preset, config }) =>
    compactWhenDue(pipelines.length === 1 ? "  --cache-aware" : `  --cache-aware, ${preset}`, config, {
      ...limits,
      isCacheAware: true,
    }),
  );
  const { cache, format, tokenizer } = resolve(settings);
  const policies = [...policiesOfOthers, plain, ...aware];
  return { policies, cache, window, minTokens: minTokensOf(flags.minTokens), format, tokenizer };
}

/** Presets that are named replace what the configuration file says. */
function pipelinesOf(presets: string | undefined, settings: Settings): { preset: string; config: Config }[] {
  if (presets === undefined) return [{ preset: "", config: resolve(settings) }];
  const { stages: _replaced, ...rest } = settings;
  return presets
    .split(",")
    .map((preset) => preset.trim())
    .map((preset) => ({ preset, config: resolve({ ...rest, preset }) }));
}

function minTokensOf(written: string | undefined): number {
  const amount = parseAmount("min-tokens", written) ?? { tokens: 0 };
  if ("tokens" in amount) return amount.tokens;
  throw new CliError(`--min-tokens: \`${written}\`, expected tokens such as 150k`);
}
