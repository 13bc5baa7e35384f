// In: what the agent wrote. Out: its own sentences that state a cause, a choice with its reason, or a result.
import { sentencesOf } from "../sentences.ts";
import type { Saying } from "../session.ts";
import type { Finding, FindingKind } from "./fact-set.ts";
import { FINDING_CUES, FINDING_WORDS, NO_FINDING } from "./finding-cues.ts";

export function findingsIn(texts: readonly Saying[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { by, text, source } of texts) {
    if (by !== "assistant") continue;
    for (const { text: sentence, isHeading } of sentencesOf(text)) {
      const kind = isHeading ? undefined : findingKind(sentence);
      if (kind === undefined) continue;
      findings.delete(sentence); // said again: the last time counts
      findings.set(sentence, { kind, text: sentence, source });
    }
  }
  return [...findings.values()];
}

/** Longer ones are data, whatever stands in them. In characters. */
const MAX_LENGTH = 1000;

/** What a sentence states; undefined where it states nothing that is worth keeping. */
export function findingKind(sentence: string): FindingKind | undefined {
  if (sentence.length > MAX_LENGTH) return undefined;
  const words = sentence.split(/\s+/).length;
  if (words < FINDING_WORDS.min || words > FINDING_WORDS.max) return undefined;
  if (NO_FINDING.some((shape) => shape.test(sentence))) return undefined;
  return FINDING_CUES.find(([, cue]) => cue.test(sentence))?.[0];
}
