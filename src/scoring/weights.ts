// What a line's worth is made of: the terms of the logarithm of it, with their weights. Data only.
//
// Where they come from: a formula that was found by experiment on transcripts of mini-swe-agent, Claude Code and Codex, with these
// changes since: words count by how rare they are among lines (agentShare), the words of the last message count once more
// (lastWords), output of programs counts less (isRun), reads count more (isRead), and the newest read of a file more still
// (isNewestOfFile). They were taken together because recall V got better by .006 to .037 at 44, 30 and 15 % of the tokens in each of
// four groups of transcripts, one of which (pi, OpenHands, other repositories) no weight had been fitted to. A logistic model of all
// features, learned from half of the transcripts, was better on the other half at some shares and worse at others, so it is not used:
// `npm run train` repeats that comparison.
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
  isEdit: -0.3,
  isGit: -0.3,
  /** Of what other programs print, far less likely. */
  isRun: -1.0,
  /** Punctuation and progress: cheap to keep and never missed. */
  isPunctuationOrProgress: -0.3,
  /** Licences, and tests that passed: the same everywhere. */
  isBoilerplate: -0.7,
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

/** Observations after which a word of the agent counts 1/e of a new one. */
export const WORD_MEMORY = 16;
/** The same for quoted lines. */
export const QUOTE_MEMORY = 10;
/** Of words once more: those of the last message alone. */
export const LAST_MEMORY = 1;
/** Lines on each side that count as the neighbourhood for words, and for quotations. */
export const WORDS_AROUND = 3;
export const QUOTES_AROUND = 10;
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
