// In: what became of each transcript of a file, in order. Out: what became of the file. Arithmetic only: places are shifted,
// lists are put one after the other, nothing is decided.
import type { Undo, UndoSplice } from "../artifacts/undo.ts";
import type { Format } from "../formats/format.ts";
import type { Line, Transcript } from "../transcript/types.ts";
import { digest } from "./apply.ts";
import type { Choice } from "./choose.ts";
import type { BelowTrigger, Compacted } from "./compaction.ts";
import { contextTokens } from "./limits.ts";
import type { Prices } from "./prices.ts";
import { joinRests } from "./what-stays.ts";

type Part = BelowTrigger | Compacted;

/** What all transcripts of a file share. */
interface Shared {
  readonly format: Format;
  readonly reason: string;
  readonly prices: Prices;
  readonly lines: readonly Line[];
}

/** A transcript that is below the trigger takes part as it is; a file is below it when all of its transcripts are. */
export function joinCompactions(source: Buffer, parts: readonly Part[], shared: Shared): Part {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const { reason, prices } = shared;
  const chunks = parts.flatMap((part) => part.chunks);
  const transcript = joinTranscripts(source, parts, shared);
  const common = { chunks, transcript, transcripts: parts.length, reason, prices };
  if (parts.length > 0 && parts.every(({ status }) => status === "below-trigger")) {
    return { status: "below-trigger", ...common };
  }
  const choices = parts.map((part) => (part.status === "compacted" ? part.choice : nothingChosen(part)));
  return {
    status: "compacted",
    ...common,
    choice: {
      decisions: choices.flatMap(({ decisions }) => decisions),
      cuts: choices.flatMap(({ cuts }) => cuts),
      tokensAfter: sum(choices.map(({ tokensAfter }) => tokensAfter)),
    },
    undo: joinUndo(source, parts),
    missedBudget: joinMissedBudgets(parts, choices),
    whatStays: joinRests(parts.flatMap((part) => (part.status === "compacted" ? part.whatStays : []))),
  };
}

/** For counting and telling: ids, turns and steps are those of the transcripts, and begin anew in each. */
function joinTranscripts(source: Buffer, parts: readonly Part[], { format, lines }: Shared): Transcript {
  const transcripts = parts.map(({ transcript }) => transcript);
  return {
    source,
    format: format.name,
    lines,
    entries: transcripts.flatMap(({ entries }) => entries),
    blocks: transcripts.flatMap(({ blocks }) => blocks),
    observations: transcripts.flatMap(({ observations }) => observations),
    warnings: transcripts.flatMap(({ warnings }) => warnings),
  };
}

/** Lines keep their number in the file; offsets move by what was written before. */
function joinUndo(source: Buffer, parts: readonly Part[]): Undo {
  const splices: UndoSplice[] = [];
  let written = 0;
  for (const part of parts) {
    const own = part.status === "compacted" ? part.undo.splices : [];
    for (const splice of own) splices.push({ ...splice, offset: written + splice.offset });
    written += sum(part.chunks.map(({ length }) => length));
  }
  return { input: digest([source]), output: digest(parts.flatMap(({ chunks }) => chunks)), splices };
}

function nothingChosen({ transcript, prices }: Part): Choice {
  return { decisions: [], cuts: [], tokensAfter: contextTokens(transcript, prices) };
}

/** A budget holds for each transcript. What one leaves unused is nothing that another may use. */
function joinMissedBudgets(parts: readonly Part[], choices: readonly Choice[]): number | undefined {
  const missed = parts.map((part) => (part.status === "compacted" ? part.missedBudget : undefined));
  if (missed.every((budget) => budget === undefined)) return undefined;
  return sum(choices.map(({ tokensAfter }, i) => missed[i] ?? tokensAfter));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
