// In: nothing. Out: what has been tried with each format, for the README: how many real files, and which real clients went on with
// what compact wrote. Versions of clients are those that `npm run test:clients` installs.
import pinned from "./clients/pinned/package.json" with { type: "json" };

export interface Support {
  /** Files that a harness or a logger wrote, compacted with every preset, restored and compacted again. */
  readonly realFiles: number;
  /** How the result was shown to be accepted. */
  readonly accepted: string;
}

const version = (name: keyof typeof pinned.dependencies) => `${name} ${pinned.dependencies[name]}`;

/** In which version of each harness the hooks or the plugin were called. */
export const triedIn: Readonly<Record<string, string>> = {
  "claude-code": version("@anthropic-ai/claude-code"),
  codex: version("@openai/codex"),
  opencode: version("opencode-ai"),
  generic: "the shell loop of [`samples/`](samples/README.md)",
};

/** Counted on the authors' collection of public transcripts: `node test/try-corpus.mjs FILE...` prints the same table. */
export const support: Readonly<Record<string, Support>> = {
  "claude-code": { realFiles: 35, accepted: `\`claude --resume\`, ${version("@anthropic-ai/claude-code")}` },
  codex: { realFiles: 35, accepted: `\`codex exec resume\`, ${version("@openai/codex")}` },
  pi: { realFiles: 3, accepted: `\`pi --session\`, ${version("@mariozechner/pi-coding-agent")}` },
  "openai-chat": { realFiles: 5, accepted: `types and rules of ${version("openai")}` },
  "openai-requests": { realFiles: 3, accepted: "as openai-chat" },
  "openai-responses": { realFiles: 1, accepted: "as codex, which sends the same items" },
  "anthropic-messages": { realFiles: 3, accepted: "as claude-code, which sends the same messages" },
  "anthropic-requests": { realFiles: 0, accepted: "as anthropic-messages; own samples only" },
};
