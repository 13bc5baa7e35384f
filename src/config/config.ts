// In: nothing. Out: the settings of a run once all of them are known. Resolved and checked: the flow asks no more questions.
import type { CacheAim } from "../engine/keep-what-pays.ts";
import type { Amount } from "../engine/limits.ts";
import type { Step } from "../engine/proposals.ts";
import type { Format } from "../formats/format.ts";
import type { TokenizerName } from "../tokens/index.ts";

export interface Config {
  /** The preset that the pipeline came from; undefined where stages were given one by one. */
  readonly preset: string | undefined;
  readonly steps: readonly Step[];
  /** Globs on tools and paths, or `/regex/` on lines. */
  readonly protect: readonly string[];
  /** Undefined: detected for each file. */
  readonly format: Format | undefined;
  readonly tokenizer: TokenizerName;
  /** Context tokens to get down to; a percentage refers to the context before any compaction. */
  readonly budget: Amount | undefined;
  /** What a budget may touch: observations alone, or old assistant text as well, last of all. */
  readonly tier: "free" | "careful";
  /** Size of the model's context window in tokens; only the trigger needs it. */
  readonly window: number | undefined;
  /** Context tokens from which on a transcript is compacted at all; a percentage refers to the window. */
  readonly trigger: Amount | undefined;
  /** Whether cuts have to pay for the prompt cache that they break. */
  readonly cacheAware: boolean;
  /** What a prompt cache costs, and how soon a cut has to pay. */
  readonly cache: CacheAim;
  /** Whether what is removed will be stored, so that markers can name it. */
  readonly withRefs: boolean;
}
