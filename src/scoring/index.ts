// What a line is worth keeping. The stages see this much of scoring: lines and context in, one worth per line out.
export { scoreLines, type Worths } from "./worth.ts";
