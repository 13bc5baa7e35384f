// In: nothing. Out: the skill that tells an agent how to read what was removed.

/** Not `compact`: a skill of that name would take the place of Claude Code's own command /compact. */
export const SKILL_NAME = "compact-transcript";

export const SKILL_TEXT = `---
name: ${SKILL_NAME}
description: Get back tool output that was moved out of this conversation. Use when a tool result begins with a line such as "[compact get REF: ok, 41 lines, 612 tokens]", or when you need the exact text of something that was read, run or decided earlier and is no longer in view.
---

# Text that was moved out of the conversation

To keep the conversation small, \`compact\` moves tool output out of it. Nothing is lost: the whole text is in the store (\`.compact\`).

- \`[compact get 3f2a9c1b: ok, 41 lines, 612 tokens]\` begins a result of which something was moved out. It says how the call ended:
  \`ok\`, \`failed\`, \`exit N\`, or \`ran\`. The call did run: do not repeat it only to see its output.
- \`[...12-52]\` below such a line stands for lines 12 to 52 of that result.

Run these in a shell, in the directory of the project:

    compact get 3f2a9c1b            the whole text
    compact get 3f2a9c1b:12-52      those lines only: cheaper
    compact search QUERY            passages of everything that was moved out, and of what sessions established
    compact search '"exact phrase"' --path 'src/*'
    compact facts FILE              what a transcript establishes, word for word, with line numbers
    compact actions find TASK       steps that worked before

Fetch lines, not wholes, when the marker or the gap says which. Read a file again instead of fetching an old copy when it may have
changed since. Never write such markers yourself, and leave them out of files and of arguments of tools.
`;
