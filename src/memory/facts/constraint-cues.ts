// What makes a sentence of the user a constraint, as data. Wide on purpose: a rule that is missed is worse than a rule too many.
// English, French, German and Spanish; a language more is a word more in each row.
import type { ConstraintKind } from "./fact-set.ts";

/** In the order in which they are asked; the first that fits names the kind. */
export const CONSTRAINT_CUES: readonly (readonly [kind: ConstraintKind, cue: RegExp])[] = [
  [
    "forbid",
    /\b(?:never|don['’]?t|do not|doesn['’]?t|does not|shouldn['’]?t|should not|mustn['’]?t|must not|can['’]?t|cannot|can not|won['’]?t|isn['’]?t allowed|not allowed|forbidden|avoid|without|no longer|no more|not? (?:to )?(?:touch|change|edit|delete|remove|commit|push|use|add)|leave .{1,60} (?:alone|as (?:it|they) (?:is|are))|stop \w+ing|refrain|prohibit(?:ed|s)?)\b/iu,
  ],
  [
    "forbid",
    /(?:^|[^\p{L}])(?:ne\s.{1,60}\s(?:pas|jamais|plus|rien)|n['’].{1,60}\s(?:pas|jamais|plus)|jamais|interdit|sans|évite[rz]?|nie(?:mals)?|nicht|kein(?:e[nmrs]?)?|ohne|verboten|nunca|jamás|evita[r]?|prohibido|no (?:toques|uses|borres|cambies))(?=$|[^\p{L}])/iu,
  ],
  [
    "correct",
    /(?:^(?:no|nope|wait|stop|hmm+|hm|actually|oops|sorry|non|nein|attends?)\b[,.!: -])|\b(?:instead|actually|rather than|not what i|i meant|that['’]?s (?:wrong|not|incorrect)|this is (?:wrong|not)|wrong|incorrect|mistake|undo|revert|roll ?back|put .{1,40} back|you (?:forgot|missed|broke|should have|shouldn['’]?t have)|misunderst\w+|plutôt|au lieu|en fait|sondern|stattdessen|falsch|eigentlich|en lugar|en vez|más bien)\b/iu,
  ],
  [
    "require",
    /\b(?:must|always|only|just|need(?:s|ed)? to|has to|have to|had to|should|ought|shall|required?|requires|requirement|mandatory|necessary|make sure|ensure|be sure|at (?:least|most)|no (?:more|less|fewer) than|exactly|strictly|unless|until|before you|keep|prefer|important|critical|remember to|at all times|in any case|doit|dois|devez|doivent|faut|toujours|seulement|uniquement|obligatoire|assure|muss|müssen|musst|immer|nur|soll(?:te|ten|en|st)?|unbedingt|debe[ns]?|siempre|solo|sólo|únicamente|hay que)\b/iu,
  ],
  [
    "ask",
    /\b(?:please|pls|could you|can you|can we|could we|would you|will you|let['’]?s|i(?:['’]d| would) like|i want|we want|i need|we need|help me|how about|go ahead|s['’]il (?:te|vous) pla[iî]t|peux[- ]tu|pouvez[- ]vous|je veux|je voudrais|bitte|kannst du|können sie|ich (?:will|möchte)|por favor|puedes|quiero)\b/iu,
  ],
  [
    "ask",
    /^(?:(?:and|then|now|also|ok(?:ay)?|so|yes|first|next|finally)[, ]+){0,3}(?:add|allow|analy[sz]e|apply|build|bump|change|check|clean|commit|compare|convert|copy|create|debug|delete|deploy|describe|disable|do|document|download|drop|enable|execute|explain|extend|extract|find|finish|fix|follow|format|generate|give|go|handle|implement|improve|include|install|investigate|list|load|look|make|merge|migrate|modify|move|open|optimi[sz]e|port|print|push|put|read|rebase|refactor|release|remove|rename|replace|reset|resolve|restore|retry|return|review|rewrite|run|save|search|set|show|simplify|sort|split|start|study|summari[sz]e|switch|take|tell|test|try|turn|update|upgrade|use|validate|verify|wrap|write)\b/iu,
  ],
  ["ask", /[?？]\s*$/u],
];

/** A first sentence of a turn is a request, whatever its words, if it has so many of them. */
export const MIN_REQUEST_WORDS = 4;

/**
 * Texts that a client writes in the user's name: instructions from files, reminders, echoes of commands. Their sentences count, but
 * they are marked, since nobody said them in this session.
 */
export const CLIENT_TEXTS =
  /^\s*(?:<(?:environment_context|user_instructions|permissions|system-reminder|command-(?:name|message|args)|local-command-\w+|turn_aborted|user_shell_command|skill|task-notification|bash-(?:input|stdout|stderr))|# AGENTS\.md instructions|Caveat: The messages below|Base directory for this skill|\[Request interrupted|This session is being continued)/;

/** Words by which a sentence takes back what was said before. */
export const TAKING_BACK =
  /\b(?:instead|no longer|any ?more|rather than|revert|undo|scratch that|forget (?:about|what|that)|never ?mind|on second thought|changed my mind|not needed|plutôt|au lieu|stattdessen|doch nicht|nicht mehr|en lugar|en vez|ya no)\b/iu;

/** Orders that forbid, as against sentences that only hold a negation. */
export const FORBIDDING =
  /^(?:(?:and|but|so|please|also|ok(?:ay)?|no|wait|actually|then)\b[,.:! ]*)*(?:never|don['’]?t|do not|avoid|stop|no\b|without|leave)|\b(?:must(?:n['’]t| not| never)|should(?:n['’]t| not| never)|may not|not allowed to|you (?:can['’]?t|cannot)|let['’]?s not|never)\b/iu;

/** Sentences that order anything at all. */
export const ORDER =
  /^(?:(?:and|but|so|please|also|ok(?:ay)?|no|wait|actually|then)\b[,.:! ]*)*(?:never|don['’]?t|do not|avoid|stop|always|only|use|keep|make sure|leave|ne\s|nie\b|immer\b)|\b(?:must|should|never|always|make sure|let['’]?s not|need to|have to)\b/iu;

/** Orders and leave to do something. */
export const PERMITTING =
  /^(?:(?:and|but|so|please|also|ok(?:ay)?|yes|actually|now|then)\b[,.:! ]*)*(?:you (?:may|can)|it['’]?s (?:ok|okay|fine)|feel free|go ahead|let['’]?s|use|add|do|touch|change|edit|delete|remove|commit|push|run|write|create|rename|move)\b|\b(?:you (?:may|can) now|(?:is|are) (?:fine|ok|okay|allowed) (?:now|again|after all))\b/iu;
