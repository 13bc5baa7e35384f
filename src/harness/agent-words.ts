// In: nothing. Out: what agents and summarisers are told, in the words of the commands that they have. One place, so that a transcript
// shows whether it has been said.

/** Also the sign by which a transcript shows that the agent has been told; JSON does not escape it. */
export const TOLD = "was moved out of this conversation to keep it small";

const GET = "run `compact get REF` in a shell for the whole text, or `compact get REF:12-52` for those lines";
const SEARCH = "`compact search QUERY` looks through everything that was moved out";

/** For an agent that goes on with a session of which something was moved out. */
export const AFTER_CUT = `Older tool output ${TOLD}. Where a result begins with [compact get REF: ...], the call ran and ended as that line says: ${GET}, instead of calling again. ${SEARCH}.`;

/** For an agent whose harness has just summarised. */
export const AFTER_SUMMARY = `What the summary above leaves out ${TOLD}, and is in the store word for word: ${SEARCH}; where a line says [compact get REF: ...], ${GET}.`;

/** For the summariser. */
export const KEEP_REFS =
  "Lines such as [compact get REF: ...] are commands that bring removed tool output back: quote those that are still of use, character for character.";
