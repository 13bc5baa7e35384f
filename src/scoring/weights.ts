// What a line's worth is made of: the terms of the logarithm of it, with their weights. Data only.
//
// Where they come from: a formula that was found by experiment on transcripts of mini-swe-agent, Claude Code and Codex, with these
// changes since: words count by how rare they are among lines (agentShare), the words of the last message count once more
// (lastWords), output of programs counts less (isRun), reads count more (isRead), the newest read of a file more still (isNewestOfFile),
// and so do reports of an agent's own agents (isReport). Half of a line's worth is what learned trees say of it (learned.ts): on
// transcripts that the trees did not see both together keep more than either alone.
import type { Feature } from "./line-features.ts";

export const WEIGHTS: Readonly<Partial<Record<Feature, number>>> = {
  /** By ln(1 + observations after): what was read long ago is used less, but far less so than one would think. */
  age: -0.15,
  /** By ln(1 + lines of the observation): one line of many is less likely to be the one. */
  lines: -0.4,
  /** By the mean over the neighbourhood of how rare and how recent the agent's own words are in each line. */
  agentWords: 0.15,
  /** The same for the words of its last message. */
  lastWords: 0.15,
  /** By the share of the line's words that the agent ever used, rare ones counting more. */
  agentShare: 1.2,
  /** By the rarest word of the enclosing definition that the agent used after it had read it. */
  definitionInUse: 0.2,
  /** By the share of lines nearby that the agent quoted: work goes on where work was. */
  nearQuoted: 8,
  /** The agent wrote the line itself, and that stays: the line is known without the observation. */
  isQuoted: -20,
  /** Files that were read are copied from; output is looked at. */
  isRead: 1.2,
  /** The file was not read again since. */
  isNewestOfFile: 0.25,
  /** Different kinds of output get different pressure: of listings, tests, edits and version control a line is less likely to be used again. */
  isList: -0.3,
  isTest: -0.3,
  isGit: -0.3,
  /** Of what an edit looks like afterwards still less: the agent wrote the middle of it. */
  isEdit: -1.0,
  /** What an agent of its own found out is told on. */
  isReport: 1.2,
  /** A page of the web is mostly its frame. A guess: the transcripts had too few to measure it. */
  isWeb: -0.3,
  /** Of what other programs print, far less likely. */
  isRun: -1.0,
  /** Punctuation and progress: cheap to keep and never missed. */
  isPunctuationOrProgress: -0.3,
  /** Licences, and tests that passed: the same everywhere. */
  isBoilerplate: -2.0,
  /** How many tests passed and failed: the one line of a test run that work goes on from, and that others are compared with. */
  isSummary: 6,
  /** Near a line of an output that reports an error: the message, its place and what led to it belong together. */
  nearError: 0.2,
  /** Search hits and bare paths: looking again is cheap. */
  isSearchHit: -0.7,
  /** The file was edited, before it was seen like this or after. */
  editedBefore: 0.4,
  editedAfter: 0.2,
  /** By ln(length / 30) of a line shorter than that: there is less in it to need. */
  shortness: 1.5,
};

/**
 * What the learned trees say against what these weights say, as shares of the logarithm: the trees alone know the sessions that they
 * were trained on too well, and the weights alone too little.
 */
export const LEARNED_SHARE = 0.5;

/** What a name that nobody has written yet adds to the line that holds it, where the mean line is worth 1. More would cost lines. */
export const NAME_SHARE = 0.3;

/** Observations after which a word of the agent counts 1/e of a new one. */
export const WORD_MEMORY = 16;
/** The same for quoted lines. */
export const QUOTE_MEMORY = 10;
/** Of words once more: those of the last message alone. */
export const LAST_MEMORY = 1;
/** Lines on each side that count as the neighbourhood for words, and for quotations. */
export const WORDS_AROUND = 3;
export const QUOTES_AROUND = 10;
/** Farther around, and closer by, for the trees. */
export const WORDS_FAR_AROUND = 10;
export const WORDS_CLOSE = 5;
/** A word of the agent is fresh as long as its rarity, faded since its last use, is above this; lines farther away than that many do not count. */
export const FRESH = 3;
export const FAR = 200;
/** Lines on each side of an error that belong to it. */
export const LINES_AROUND_AN_ERROR = 2;
/** No neighbourhood counts more than this, however rare its words. */
export const MAX_AGENT_WORDS = 4;
export const MAX_DEFINITION_IN_USE = 3;
/** Lines shorter than this are worth less. In characters. */
export const FULL_LENGTH = 30;
/** A line of so few characters is worth nothing. */
export const WORTHLESS_LENGTH = 2;
/** Shorter lines are known to everybody: that the agent wrote one says nothing. In characters. */
export const MIN_QUOTE = 10;
/** Output of an unknown command counts as a file that was read, when so many of its lines look like code. */
export const CODE_SHARE = 0.35;
