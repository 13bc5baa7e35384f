// In: nothing. Out: words that say how, not what: two sentences that share them do not speak of the same thing.

/** In small letters. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(
  `a an of in on to is it as at by or be we do the and for with that this these those from into onto your you our are was were been have has had will would can could should
  must never always only just don not please want need like let lets make sure also then now instead actually rather than but all any
  its it's they them there here when what which who how why about after before again too very more most some such use using used
  again ever anymore longer still yes okay`.split(/\s+/),
);
