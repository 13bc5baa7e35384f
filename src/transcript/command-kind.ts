// In: the tool and the command of a call. Out: what kind of operation it was, as far as names tell. Tables, first match wins.

export type CommandKind = "read" | "list" | "edit" | "run" | "git" | "test" | "report" | "web" | "unknown";

/** Tools that do one kind of thing, by the names that harnesses give them. */
const TOOLS: readonly (readonly [CommandKind, RegExp])[] = [
  // What an agent of its own found out.
  ["report", /^(?:task|agent|\w*subagent\w*|spawn_agent|dispatch_agent)$/i],
  ["web", /^(?:web_?\w+|fetch\w*|browser_?\w*|url_?\w+|\w*_web_?\w*)$/i],
  ["read", /^(?:read|view|cat|open|read_?file|read_?many_?files|view_?file|get_?file\w*|notebook_?read)$/i],
  ["edit", /edit|write|patch|replace|create_?file|insert/i],
  [
    "list",
    /^(?:ls|list|glob|grep|find|search|rg|tree|list_\w+|search_\w+|find_\w+|\w*_search|file_?search)$/i,
  ],
];

/** Commands of a shell, matched at the start of one. */
const COMMANDS: readonly (readonly [CommandKind, RegExp])[] = [
  [
    "edit",
    /^(?:cat\s+(?:-\s*)?(?:<<|>)|cat\b.*<<|sed\s+(?:-\w+\s+)*-\w*i|tee\b|apply_patch|patch\b|perl\s+-\w*i)/,
  ],
  ["read", /^(?:cat|sed\s+-n|head|tail|nl|less|more|bat|awk\s+'?NR)\b/],
  ["list", /^(?:ls|find|tree|fd|grep|egrep|rg|ag|ack|wc|du|stat|file|which|locate)\b/],
  ["git", /^(?:git|gh|hg|svn)\b/],
  [
    "test",
    /^(?:\S*\/)?(?:pytest|tox|nosetests|jest|vitest|mocha|ava|phpunit|rspec|ctest|runtests\.py|manage\.py\s+test|(?:python3?|uv\s+run)\s+(?:-m\s+(?:pytest|unittest)|\S*runtests\.py|\S*manage\.py\s+test|pytest)|(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?test|go\s+test|cargo\s+(?:test|nextest)|mvn\s.*\btest|gradlew?\s.*\btest|make\s+\w*test|mise\s+run\s+test|dotnet\s+test|swift\s+test|bin\/test)/,
  ],
];

/** What stands before a command and is none itself. */
const PREAMBLE =
  /^(?:cd\s+\S+|export\s+\S+|source\s+\S+|set\s+-\S+|\w+=\S+|env|sudo|time|timeout\s+\S+|nice)(?:\s*(?:&&|;|\n)\s*|\s+)/;

const SHELLS = /bash|shell|exec|terminal|command|run|python|container/i;

/** Of several commands in one call, the kind whose output is most of what comes back. */
const PREFERENCE: readonly CommandKind[] = ["test", "read", "edit", "git", "list", "run"];

/** Longer ones are scripts: their first command says more than words found in the middle of one. In characters. */
const MAX_CHAIN = 600;

export function commandKind(toolName: string, target: string | undefined): CommandKind {
  for (const [kind, names] of TOOLS) if (names.test(toolName)) return kind;
  if (target === undefined || !SHELLS.test(toolName)) return "unknown";
  const isChain = target.length <= MAX_CHAIN && !target.includes("<<");
  const kinds = new Set((isChain ? target.split(/&&|\|\||;|\n/) : [target]).map(kindOfOne));
  return PREFERENCE.find((kind) => kinds.has(kind)) ?? "run";
}

function kindOfOne(text: string): CommandKind {
  let command = text.trimStart();
  for (let match = PREAMBLE.exec(command); match !== null; match = PREAMBLE.exec(command)) {
    command = command.slice(match[0].length).trimStart();
  }
  return COMMANDS.find(([, start]) => start.test(command))?.[0] ?? "run";
}
