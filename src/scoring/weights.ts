// What a line's worth is made of: the terms of the logarithm of it, with the weights that were found by experiment on transcripts
// of other agents and repositories. Data only.

export const WEIGHTS = {
  /** By ln(1 + observations after): what was read long ago is used less, but far less so than one would think. */
  age: -0.15,
  /** By ln(1 + lines of the observation): one line of many is less likely to be the one. */
  length: -0.4,
  /** By the mean over the neighbourhood of how rare and how recent the agent's own words are in each line. */
  agentWords: 0.15,
  /** By the share of the line's words that the agent ever used. */
  agentShare: 1.0,
  /** By the rarest word of the enclosing definition that the agent used after it had read it. */
  definitionInUse: 0.2,
  /** By the share of lines nearby that the agent quoted: work goes on where work was. */
  nearQuoted: 8,
  /** Files that were read are copied from; output is looked at. */
  isRead: 1.0,
  /** Listings, edits, runs, version control and tests. */
  isOtherOutput: -0.3,
  /** The agent wrote the line itself, and that stays: the line is known without the observation. */
  isQuoted: -20,
  /** Punctuation and progress: cheap to keep and never missed. */
  isPunctuationOrProgress: -0.3,
  /** Licences, and tests that passed: the same everywhere. */
  isBoilerplate: -0.7,
  /** Near a line of an output that reports an error: the message, its place and what led to it belong together. */
  nearError: 0.2,
  /** Search hits and bare paths: looking again is cheap. */
  isSearchHit: -0.7,
  /** The file was edited too, before or after. */
  isEdited: 0.4,
} as const;

/** Observations after which a word of the agent counts 1/e of a new one. */
export const WORD_MEMORY = 16;
/** The same for quoted lines. */
export const QUOTE_MEMORY = 10;
/** Lines on each side that count as the neighbourhood for words, and for quotations. */
export const WORDS_AROUND = 3;
export const QUOTES_AROUND = 10;
/** Lines on each side of an error that belong to it. */
export const LINES_AROUND_AN_ERROR = 2;
/** No neighbourhood counts more than this, however rare its words. */
export const MAX_AGENT_WORDS = 4;
export const MAX_DEFINITION_IN_USE = 3;
/** Lines shorter than this are worth less, with the power below: there is less in them to need. In characters. */
export const FULL_LENGTH = 30;
export const LENGTH_POWER = 1.5;
/** A line of so few characters is worth nothing. */
export const WORTHLESS_LENGTH = 2;
/** Shorter lines are known to everybody: that the agent wrote one says nothing. In characters. */
export const MIN_QUOTE = 10;
/** Output of an unknown command counts as a file that was read, when so many of its lines look like code. */
export const CODE_SHARE = 0.35;
