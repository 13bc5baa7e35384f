// What a line is worth keeping. The stages see this much of scoring: lines and context in, one worth per line out.

export { bestPath, IS_GONE, MUST_STAY, type PathBlock } from "./path.ts";
export { scoreLines, type Worths } from "./worth.ts";
