// In: a transcript, cut. Out: what the agent used after the cut, for the first time, and could only have known from observations
// before it. The observations of the last step are kept by every method, and not asked about.
import { agentStrings } from "../../scoring/agent-strings.ts";
import { commandKind } from "../../transcript/command-kind.ts";
import type { Block, Observation, Transcript } from "../../transcript/types.ts";
import { Knowledge, placeName } from "./knowledge.ts";
import { Places } from "./places.ts";
import { writtenLines } from "./plain-lines.ts";
import { QuoteFinder } from "./quotes.ts";
import type { Readings } from "./readings.ts";
import type { Family, Place, Reference, ReferenceKind } from "./reference.ts";
import type { Shown } from "./shown.ts";
import { tokenKind, typedTokens } from "./typed-tokens.ts";
import { calledLocations, editAnchors, locations } from "./used-later.ts";

/** What a use weighs: an edit fails without its anchor, a call goes astray, a sentence gets vague. */
const USE = { edit: 2, argument: 1, prose: 0.5 } as const;
/** Seen in the last so many steps before the cut as well: recency finds it. */
const NEAR_STEPS = 10;

export interface Cut {
  readonly prefix: Transcript;
  /** Everything behind the cut, in order. */
  readonly future: readonly Block[];
  readonly shown: readonly Shown[];
  readonly last: readonly Observation[];
}

export interface References {
  readonly references: readonly Reference[];
  /** Used, but seen again before its first use: no compactor is asked for these. */
  readonly reacquired: number;
}

export function referencesOf({ prefix, future, shown, last }: Cut, readings: Readings): References {
  const places = new Places(shown, readings);
  const known = knownBefore(prefix, last, readings);
  const later = new Knowledge(readings);
  const found = new FoundReferences(shown, last[0]?.step ?? 0);
  const quotes = quotesIn(future, shown);

  for (const block of future) {
    if (block.role !== "assistant") {
      if (block.text !== undefined) later.see(block.text);
      continue;
    }
    found.step = block.entry.step;
    const use = block.kind === "call" ? USE.argument : USE.prose;
    for (const anchor of editAnchors(block)) {
      if (found.isNew("edit", anchor) && !known.hasText(anchor))
        found.add("v", "edit", anchor, USE.edit, later.hasText(anchor), () => places.ofText(anchor));
    }
    for (const text of agentStrings(block)) {
      for (const line of writtenLines(text)) {
        // Inside a longer line it stands word for word as well.
        if (places.hasLine(line) && found.isNew("line", line) && !known.hasText(line))
          found.add("v", "line", line, use, later.hasText(line), () => places.ofLine(line));
      }
      for (const token of typedTokens(text)) {
        if (places.hasToken(token) && !known.hasToken(token))
          found.add("t", tokenKind(token) ?? "identifier", token, use, later.hasToken(token), () =>
            places.ofToken(token),
          );
      }
    }
    for (const location of [...agentStrings(block).flatMap(locations), ...calledLocations(block)]) {
      const name = placeName(location);
      if (found.isNew("location", name) && !known.hasLocation(location))
        found.add("t", "location", name, use, later.hasLocation(location), () => places.ofLocation(location));
    }
    if (block.kind === "text") {
      for (const quote of quotes) {
        if (block.text?.includes(quote) && found.isNew("quote", quote) && !known.hasText(quote))
          found.add("v", "quote", quote, use, later.hasText(quote), () => places.ofText(quote));
      }
    }
  }
  return found.finish();
}

/** What the agent has whatever a method does: what people and it itself wrote, and what the last step shows. */
function knownBefore(prefix: Transcript, last: readonly Observation[], readings: Readings): Knowledge {
  const known = new Knowledge(readings);
  for (const { blocks } of last) for (const { text } of blocks) known.see(text ?? "");
  for (const block of prefix.blocks) {
    if (block.text === undefined || block.kind === "result") continue;
    if (block.role === "assistant") for (const text of agentStrings(block)) known.see(text);
    else known.see(block.text);
  }
  return known;
}

/** Code in the midst of a message is no prose: its lines count as lines. */
const FENCED = /^```[\s\S]*?^```/gm;

/** Pieces of shown lines in what the agent said, all blocks looked through at once. */
function quotesIn(future: readonly Block[], shown: readonly Shown[]): Set<string> {
  const said = future.filter(({ kind, role }) => kind === "text" && role === "assistant");
  const finder = new QuoteFinder(said.map(({ text = "" }) => text.replace(FENCED, "")).join("\n"));
  return new Set(shown.flatMap(({ lines }) => lines.flatMap((line) => finder.in(line))));
}

/** Each reference once, by its first use. */
class FoundReferences {
  private readonly shown: readonly Shown[];
  private readonly decided = new Set<string>();
  private readonly found: Reference[] = [];
  private readonly lineCount: number;
  private readonly nearFrom: number;
  private readonly cutStep: number;
  private reacquired = 0;
  /** Where in the future the references are that come next. */
  step = 0;

  constructor(shown: readonly Shown[], cutStep: number) {
    this.shown = shown;
    this.cutStep = cutStep;
    this.lineCount = shown.reduce((sum, { lines }) => sum + lines.length, 0);
    const lastStep = shown.at(-1)?.observation.step ?? 0;
    this.nearFrom = lastStep - NEAR_STEPS + 1;
  }

  isNew(kind: ReferenceKind, text: string): boolean {
    return !this.decided.has(`${kind} ${text}`);
  }

  add(
    family: Family,
    kind: ReferenceKind,
    text: string,
    use: number,
    isReacquired: boolean,
    find: () => Place[],
  ): void {
    if (!this.isNew(kind, text)) return;
    this.decided.add(`${kind} ${text}`);
    const places = find();
    if (places.length === 0) return;
    if (isReacquired) {
      this.reacquired++;
      return;
    }
    const isNear = places.some(({ shown }) => this.shown[shown]!.observation.step >= this.nearFrom);
    const { toolName, target } = this.shown[places.at(-1)!.shown]!.observation;
    this.found.push({
      family,
      kind,
      text,
      weight: use * this.rarity(places),
      isNear,
      stepsUntil: Math.max(1, this.step - this.cutStep),
      source: commandKind(toolName, target),
      places,
    });
  }

  /** Without what is part of another reference. */
  finish(): References {
    const lines = this.found.filter(({ kind }) => kind === "line").map(({ text }) => text);
    const verbatim = this.found.filter(({ family }) => family === "v").map(({ text }) => text);
    const tokensInside = new Set(verbatim.flatMap((text) => [...typedTokens(text)]));
    const references = this.found.filter(({ family, kind, text }) => {
      if (kind === "quote")
        return ![...lines, ...verbatim].some((other) => other !== text && other.includes(text));
      return family === "v" || !tokensInside.has(text);
    });
    return { references, reacquired: this.reacquired };
  }

  private rarity(places: readonly Place[]): number {
    const holders = places.reduce((sum, { anyOf }) => sum + (anyOf.length === 1 ? anyOf[0]!.length : 1), 0);
    return 1 - Math.log(1 + holders) / Math.log(1 + Math.max(this.lineCount, holders));
  }
}
