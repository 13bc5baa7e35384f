// What a line is worth keeping. The stages see this much of scoring: lines and context in, one worth per line out.

export { IS_GONE, MUST_STAY, type PathBlock, type Selection, selectPath } from "./path.ts";
export { scoreLines, type Worths } from "./worth.ts";
