// In: what the user wrote, in order. Out: what was asked, required, forbidden and corrected, in the user's own sentences; what a
// later sentence took back is marked, never dropped.
import { EMPTY_WORDS } from "../empty-words.ts";
import { sentencesOf } from "../sentences.ts";
import type { Saying } from "../session.ts";
import type { Source } from "../source.ts";
import {
  CLIENT_TEXTS,
  CONSTRAINT_CUES,
  FORBIDDING,
  MIN_REQUEST_WORDS,
  PERMITTING,
  TAKING_BACK,
} from "./constraint-cues.ts";
import type { Constraint, ConstraintKind } from "./fact-set.ts";

interface OpenConstraint {
  readonly kind: ConstraintKind;
  readonly text: string;
  readonly origin: Constraint["origin"];
  readonly source: Source;
  readonly repeated: Source[];
  readonly words: ReadonlySet<string>;
  supersededBy?: { text: string; source: Source };
}

export function constraintsIn(texts: readonly Saying[]): Constraint[] {
  const known = new Map<string, OpenConstraint>();
  const said: OpenConstraint[] = [];
  for (const { by, text, source } of texts) {
    if (by !== "user") continue;
    const origin = CLIENT_TEXTS.test(text) ? "client" : "user";
    sentencesOf(text, true).forEach((sentence, i) => {
      const kind = kindOf(sentence.text, i === 0 && origin === "user");
      if (kind === undefined) return;
      const key = sentence.text.replace(/\s+/g, " ").toLowerCase();
      const again = known.get(key);
      if (again !== undefined) {
        again.repeated.push(source);
        delete again.supersededBy; // said again: it holds again
      }
      const constraint = again ?? {
        kind,
        text: sentence.text,
        origin,
        source,
        repeated: [],
        words: contentWords(sentence.text),
      };
      if (origin === "user") supersede(said, constraint, source);
      if (again !== undefined) return;
      known.set(key, constraint);
      said.push(constraint);
    });
  }
  return said.map(({ words: _words, ...constraint }) => constraint);
}

function kindOf(sentence: string, isFirst: boolean): ConstraintKind | undefined {
  const cue = CONSTRAINT_CUES.find(([, shape]) => shape.test(sentence));
  if (cue !== undefined) return isQuestion(sentence) ? "ask" : cue[0];
  return isFirst && sentence.split(/\s+/).length >= MIN_REQUEST_WORDS ? "ask" : undefined;
}

/** "Why don't we show it?" forbids nothing; "can you please not touch it?" does. */
function isQuestion(sentence: string): boolean {
  return /[?？]\W*$/.test(sentence.slice(-20)) && !POLITE_ORDER.test(sentence);
}
const POLITE_ORDER =
  /\b(?:please|(?:can|could|will|would) you)\b.{0,20}\b(?:not|never|only|always|avoid|stop|leave|keep|make sure)\b/i;

/** How many of the words of the earlier sentence must come again, to say that both speak of the same thing. */
const SAME_THING = 0.6;
const MIN_SHARED_WORDS = 2;
/** Only so many of the newest constraints can be taken back: people do not reach further, and time stays linear. */
const REACH = 200;

/** A later sentence takes an earlier one back when it speaks of the same thing and says the opposite. */
function supersede(known: readonly OpenConstraint[], later: OpenConstraint, source: Source): void {
  const takesBack = TAKING_BACK.test(later.text) && !/^if\b/i.test(later.text); // a condition changes nothing yet
  for (const earlier of known.slice(-REACH)) {
    if (earlier === later || earlier.origin === "client" || earlier.supersededBy !== undefined) continue;
    if (!takesBack && !turnsOver(earlier, later)) continue;
    if (!speaksOf(later.words, earlier.words)) continue;
    if (earlier.source.block === source.block && earlier.source.transcript === source.transcript) continue;
    earlier.supersededBy = { text: later.text, source };
  }
}

/** "Never push" and then "push it now", or the other way round. Both must be orders: "I can't find it" forbids nothing. */
function turnsOver(earlier: OpenConstraint, later: OpenConstraint): boolean {
  if (earlier.kind === "forbid") return FORBIDDING.test(earlier.text) && PERMITTING.test(later.text);
  return later.kind === "forbid" && FORBIDDING.test(later.text);
}

function speaksOf(later: ReadonlySet<string>, earlier: ReadonlySet<string>): boolean {
  let shared = 0;
  for (const word of earlier) if (later.has(word)) shared++;
  return shared >= MIN_SHARED_WORDS && shared >= SAME_THING * earlier.size;
}

function contentWords(sentence: string): ReadonlySet<string> {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}_./-]{3,}/gu) ?? [];
  return new Set(words.map((word) => word.replace(/[./-]+$/, "")).filter((word) => !EMPTY_WORDS.has(word)));
}
