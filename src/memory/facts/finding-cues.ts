// What makes a sentence of the agent a finding, as data. Narrow on purpose: a wrong finding is worse than one that is missed.
import type { FindingKind } from "./fact-set.ts";

/** Questions, intentions, guesses, conditions and instructions state nothing, whatever words they hold. */
export const NO_FINDING: readonly RegExp[] = [
  /^\||\b(?:sorry|apologi[sz]e)\b|\bif (?:the|your?)\b/i,
  /\bfound (?:the|a|an|another) (?:\w+ )?(?:bug|issue|problem|culprit|cause|error|it)\W*$/i, // says that, not what
  /[?:]["'”’)*_]*$/,
  /^(?:step \d+: )?i (?:look|check|read|start|see|am (?:very )?(?:confused|baffled))\b/i,
  /^(?:\W*)(?:(?:ok(?:ay)?|good|great|perfect|excellent|right|now|so|then|next|first|also|and|but|alright|yes|no|actually|wait|hmm|interesting|thought)\b[,.:! -]*)*(?:let me|let['’]s|let us|i['’]ll|i will|i['’]m going to|i am going to|i need|i should|i must|i can|i could|i want|i would|i['’]d|we['’]ll|we will|we need|we should|we can|we could|we must|we have to|i have to|i still|you can|you could|you should|you may|you['’]ll|you need|next,|next step|now i|now we)\b/i,
  /\b(?:might|may|maybe|perhaps|possibly|probably|likely|presumably|could be|could have|would|seems?|appears?|suspect|i think|i believe|i guess|assum(?:e|ing)|unclear|not sure|i wonder|hopefully|whether|should (?:now )?(?:be|pass|work|fix|fail|have|not|also|still|only|use|take|make|give|show|return|handle|do|go)|will (?:be|need|have|not|fail|pass|now|also|only|still|use|show|always|never)|supposed to|want me to|need(?:s)? to|has to|have to|going to|let me|let['’]s|i['’]ll|ready to|expected to|trying to)\b/i,
  /^\W*(?:(?:but|and|so|now|also)\b[, ]*)?(?:if|when(?:ever)?|unless|once|assuming|suppose|before|until)\b(?!.*,\s*(?:so|and)\b.*\b(?:fixed|passed|failed)\b)/i,
  /^\W*(?:add|check|use|run|make|create|update|remove|keep|ensure|verify|fix|replace|move|change|avoid|consider|see|note that you|do not|don['’]t|try|set|call|read|look|open|implement|write|test|review|apply|document)\b/i,
];

/** In the order in which they are asked; the first that fits names the kind. */
export const FINDING_CUES: readonly (readonly [kind: FindingKind, cue: RegExp])[] = [
  [
    "choice",
    /\b(?:i|we)(?:['’]ve| have)? (?:\w+ly )?(?:chose|chosen|picked|decided|went with|opted|kept|left|used|made|skipped|avoided|added|put|moved|replaced|prefer(?:red)?|reverted|removed|switched)\b.*\b(?:because|since|so that|so (?:the|it|that|they|we|no)|to (?:avoid|keep|prevent|ensure|match|preserve|stay)|instead of|rather than)\b/i,
  ],
  ["choice", /^\W*(?:decision|chosen|trade-?off)\W*: ?\W*\w/i],
  [
    "cause",
    /\b(?:because|caused by|due to|root cause|turns out|as a result of|(?<!of )results from|stems from|that['’]s why|that is why|which (?:is why|explains|means that|causes))\b/i,
  ],
  [
    "cause",
    /\b(?:the|this|that|another|one|real|actual|main|only|key) (?:\w+ ){0,2}(?:issue|problem|bug|culprit|cause|reason|error|failure|mismatch|mistake|catch)(?: here| now)? (?:is|was|were|are|comes?|came|lies|happen(?:s|ed)|occur(?:s|red))\b(?! (?:fixed|resolved|gone|solved))/i,
  ],
  [
    "result",
    /\b(?:tests?|specs?|suites?|checks?|lint(?:er|ing)?|builds?|compilation|typecheck|type-?check(?:ing|er)?|tsc|ci|hooks?|scenarios?|assertions?|everything)\b(?: [^\s,;]+){0,4}? (?:now |all |still |also |both |already )*(?:pass(?:es|ed|ing)?|succeed(?:s|ed)?|fail(?:s|ed|ing)?|(?:is|are|was|were) (?:now |all )?(?:green|clean|passing|failing|red|broken|successful))(?![\w-])/i,
  ],
  [
    "result",
    /\b(?:\d+|all|both|no|zero) (?:\S+ ){0,3}?(?:tests?|failures?|errors?|warnings?|issues|problems)\b(?: \S+){0,3}? (?:pass(?:ed|es|ing)?|fail(?:ed|s|ing)?|found|left|remain(?:s|ing)?|fixed|resolved|reported)\b/i,
  ],
  [
    "result",
    /\b(?:builds?|compiles?|compiled|works?|worked|runs?|ran|starts?) (?:now )?(?:fine|cleanly|successfully|correctly|as expected|without (?:any )?(?:errors?|issues|warnings))\b/i,
  ],
  [
    "result",
    /^\W*(?:(?:done|great|good|perfect|excellent|ok(?:ay)?|now|and|also|so|finally)\b[,.:! -]*)*(?:i|we)(?:['’]ve| have)? (?:just |also |now |successfully |already |\w+ly )*(?:added|fixed|implemented|updated|removed|created|renamed|refactored|moved|changed|replaced|committed|pushed|merged|verified|confirmed|found|wrote|written|extracted|completed|finished|corrected|resolved|addressed|made|reverted|deleted|installed|rebased|simplified|tested|ran|reproduced)\b/i,
  ],
  [
    "result",
    /^\W*(?:\*\*|\d+\. )?(?:successfully )?(?:fixed|added|implemented|updated|removed|created|renamed|refactored|moved|changed|replaced|committed|pushed|merged|verified|confirmed|completed|corrected|resolved|reverted|deleted|extracted|simplified|rebased)\b(?!\s*(?:files?|code|lines|by)\b)(?:\*\*)?[:,]? \S/i,
  ],
  [
    "result",
    /\b(?<!you )(?:is|are|was|were|has been|have been) (?:now |all |already |fully |successfully )*(?:fixed(?![;,] )|resolved|implemented|completed?|committed|pushed|merged|confirmed|reproduced|verified|in place|up to date|deleted|renamed|rebased|reverted)\b/i,
  ],
  ["result", /\b(?:confirms|confirmed|proves|reproduces|reproduced) (?:that|the|it|this)\b/i],
  [
    "result",
    /\bfails? with (?:[`"'“]|an? |exit|E[A-Z])|\b(?:returned|returns|exited|exits|ended) (?:with )?(?:exit )?(?:code|status) \d/i,
  ],
  [
    "choice",
    /[,;] so (?:i|we) (?:did not|didn['’]t|kept|left|used|chose|skipped|made|added|put|moved|replaced|build|built)\b/i,
  ],
  ["cause", /\b(?:is|are|was|were) (?:not imported|not installed|not exported|not registered|missing)[.,;]/i],
  ["result", /^\W*(?:all )?\d+(?: of \d+| out of \d+)?(?: \w+)? (?:now )?(?:pass|fail)(?:ed|es|s)?\b/i],
  [
    "result",
    /\b(?:is|are|stays?|stayed|was|were) (?:now |still )?(?:unchanged|untouched|as (?:it|they) (?:was|were))\b|\b(?:is|are) no longer \w+/i,
  ],
  [
    "result",
    /\b(?:push|commit|upload|install(?:ation)?|deploy(?:ment)?(?: to \w+)?|merge|rebase|download) (?:\w+ )?(?:failed|succeeded|is done|went through)\b/i,
  ],
  [
    "result",
    /\b(?:reports?|reported|shows?|showed|found|with) (?:0|no|zero) (?:vulnerabilit|error|warning|issue|problem|failure|difference)/i,
  ],
  ["result", /\b(?:went|dropped|fell|rose|grew|improved|down|up) from \S*\d.* to \S*\d/i],
];

/** Fewer words than this carry no statement; more are a paragraph. */
export const FINDING_WORDS = { min: 3, max: 60 };
