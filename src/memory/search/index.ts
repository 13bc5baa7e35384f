// In: a query, and a store's artifacts, runs, facts and pads. Out: the best passages, each with the ref or place by which the rest is
// read. Artifacts are ranked as wholes by the index first; the library then ranks passages of the best, facts and pads together.
import picomatch from "picomatch";
import type { StoredRunEntry } from "../../artifacts/runs.ts";
import { REF_LENGTH } from "../../transcript/marker.ts";
import type { FactSet } from "../facts/fact-set.ts";
import { rankArtifacts } from "./candidates.ts";
import { type IndexFiles, updatedIndex } from "./index-of-artifacts.ts";
import { passagesOf } from "./passages.ts";
import { hasAll, parseQuery, type Query } from "./query.ts";
import { statementsOf } from "./statements.ts";
import { termsOf } from "./terms.ts";

export interface SearchSources {
  readonly index: IndexFiles;
  runs(): readonly StoredRunEntry[];
  facts(): readonly FactSet[];
  pads(): readonly FoundPad[];
}

/** What search needs to know of a pad. */
export interface FoundPad {
  readonly id: string;
  /** Task and steps. */
  readonly text: string;
  readonly transcript: string;
}

export interface SearchOptions {
  readonly limit: number;
  /** Part of the name of a tool. */
  readonly tool?: string | undefined;
  /** A glob, or part of a path or command. */
  readonly path?: string | undefined;
  /** `artifact`, `fact`, `pad`, or a kind of fact such as `error`. */
  readonly kind?: string | undefined;
  /** Part of a transcript's name, or the beginning of its SHA-256. */
  readonly session?: string | undefined;
}

export interface SearchHit {
  readonly kind: string;
  /** `3f2a9c1b:12-20` for `compact get`; `transcript:line` for facts; the id of a pad. */
  readonly ref: string;
  readonly snippet: string;
  readonly tool: string | undefined;
  readonly target: string | undefined;
  readonly outcome: string | undefined;
  /** Transcripts by name, for artifacts by SHA-256. */
  readonly sessions: readonly string[];
  readonly score: number;
}

/** So many artifacts are read for their passages; a factor of what is asked for. */
const CANDIDATES_PER_HIT = 4;
const MIN_CANDIDATES = 40;
const PASSAGES_PER_ARTIFACT = 3;

type Unranked = Omit<SearchHit, "score">;

/** @throws SyntaxError for an expression that is none */
export async function search(
  text: string,
  sources: SearchSources,
  options: SearchOptions,
): Promise<SearchHit[]> {
  const query = parseQuery(text);
  const weights = new Map<string, number>();
  const found = [
    ...(wants(options, "artifact") ? artifactHits(query, sources, options, weights) : []),
    ...factHits(query, sources, options),
    ...(wants(options, "pad") ? padHits(query, sources, options) : []),
  ];
  return rank(query, found, weights, options.limit);
}

function wants({ kind }: SearchOptions, name: string): boolean {
  return kind === undefined || kind === name;
}

function artifactHits(
  query: Query,
  { index, runs }: SearchSources,
  options: SearchOptions,
  weights: Map<string, number>,
): Unranked[] {
  const entries = new Map<string, StoredRunEntry[]>();
  for (const entry of runs()) {
    const known = entries.get(entry.artifact);
    if (known === undefined) entries.set(entry.artifact, [entry]);
    else known.push(entry);
  }
  const isFiltered =
    options.tool !== undefined || options.path !== undefined || options.session !== undefined;
  const fits = (name: string) => {
    if (!isFiltered) return true;
    return (entries.get(name) ?? []).some(
      ({ tool, target, session }) =>
        matchesTool(tool, options) && matchesPath(target, options) && matchesSession(session, options),
    );
  };
  const candidates = rankArtifacts(updatedIndex(index), query.terms, fits);
  for (const [term, weight] of candidates.weights) weights.set(term, weight);
  const names = query.terms.length > 0 ? candidates.names : index.artifacts().filter(fits);
  const wanted = Math.max(MIN_CANDIDATES, CANDIDATES_PER_HIT * options.limit);
  const hits: Unranked[] = [];
  let read = 0;
  for (const name of names) {
    if (read === wanted) break;
    const text = index.artifact(name);
    if (text === undefined || !hasAll(text, query)) continue;
    read++;
    const entry = entries.get(name)?.[0];
    for (const { first, last, text: snippet } of passagesOf(text, query, weights, PASSAGES_PER_ARTIFACT)) {
      hits.push({
        kind: "artifact",
        ref: `${name.slice(0, REF_LENGTH)}:${first}-${last}`,
        snippet,
        tool: entry?.tool,
        target: entry?.target,
        outcome: entry?.outcome,
        sessions: [...new Set((entries.get(name) ?? []).map(({ session }) => session))],
      });
    }
  }
  return hits;
}

function factHits(query: Query, { facts }: SearchSources, options: SearchOptions): Unranked[] {
  if (options.kind === "artifact" || options.kind === "pad") return [];
  const seen = new Set<string>();
  return facts()
    .flatMap(statementsOf)
    .filter(({ kind, text, source, tool, target }) => {
      const key = `${kind} ${source.transcript}:${source.line} ${text}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return (
        isNew &&
        mentions(text, query) &&
        (wants(options, kind) || options.kind === "fact") &&
        matchesTool(tool ?? "", options) &&
        matchesPath(target ?? "", options) &&
        matchesSession(source.transcript, options) &&
        hasAll(text, query)
      );
    })
    .map(({ kind, text, source, tool, target }) => ({
      kind,
      ref: `${source.transcript}:${source.line}`,
      snippet: text,
      tool,
      target,
      outcome: undefined,
      sessions: [source.transcript],
    }));
}

function padHits(query: Query, { pads }: SearchSources, options: SearchOptions): Unranked[] {
  if (options.tool !== undefined || options.path !== undefined) return [];
  return pads()
    .filter(({ text, transcript }) => matchesSession(transcript, options) && hasAll(text, query))
    .map(({ id, text, transcript }) => ({
      kind: "pad",
      ref: id,
      snippet: text,
      tool: undefined,
      target: undefined,
      outcome: undefined,
      sessions: [transcript],
    }));
}

/** Cheap, and never wrong in the other direction: what has no term as part of it cannot match. */
function mentions(text: string, { terms }: Query): boolean {
  const small = text.toLowerCase();
  return terms.length === 0 || terms.some((term) => small.includes(term));
}

/** By BM25 of the library; without words, as they were found. Of an artifact only the best passage is shown. */
async function rank(
  { terms }: Query,
  found: readonly Unranked[],
  weights: ReadonlyMap<string, number>,
  limit: number,
): Promise<SearchHit[]> {
  const shown = new Set<string>();
  const isFirst = ({ kind, ref }: Unranked) => {
    const key = kind === "artifact" ? ref.slice(0, REF_LENGTH) : `${kind} ${ref}`;
    return !shown.has(key) && shown.add(key) !== undefined;
  };
  if (terms.length === 0)
    return found
      .filter(isFirst)
      .slice(0, limit)
      .map((hit) => ({ ...hit, score: 0 }));
  const { default: MiniSearch } = await import("minisearch");
  const engine = new MiniSearch({
    fields: ["snippet", "target"],
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: {
      boost: { target: 0.5 },
      prefix: (term) => term.length > 3,
      boostTerm: (term) => 1 + (weights.get(term) ?? 1),
    },
  });
  engine.addAll(found.map(({ snippet, target = "" }, id) => ({ id, snippet, target })));
  return engine
    .search(terms.join(" "))
    .map(({ id, score }) => ({ ...found[id as number]!, score: Number(score.toFixed(3)) }))
    .filter(isFirst)
    .slice(0, limit);
}

function matchesTool(tool: string, options: SearchOptions): boolean {
  return options.tool === undefined || tool.toLowerCase().includes(options.tool.toLowerCase());
}

function matchesPath(target: string, { path }: SearchOptions): boolean {
  if (path === undefined) return true;
  if (!/[*?[\]{}]/.test(path)) return target.includes(path);
  const matches = picomatch(path, { dot: true });
  return target.split(/\s+/).some((word) => matches(word) || matches(word.replace(/^\/+/, "")));
}

function matchesSession(session: string, options: SearchOptions): boolean {
  return options.session === undefined || session.includes(options.session);
}
