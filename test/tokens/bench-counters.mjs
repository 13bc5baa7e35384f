// The counters that the bench compares, as data: what to install, and how each counts a text whose special-token strings
// are plain text. None of them is a dependency of this project, js-tiktoken apart.

export const baseline = "js-tiktoken";

/** `load(require, folder)` returns a function from a text to its number of tokens; `folder` is the bench's cache folder. */
export const counters = [
  {
    name: "compact",
    load: (require) => require("./compact-tokens.cjs").tokenCounter("o200k_base").count,
  },
  {
    name: baseline,
    load(require) {
      const { Tiktoken } = require("js-tiktoken/lite");
      const encoding = new Tiktoken(require("js-tiktoken/ranks/o200k_base"));
      return (text) => encoding.encode(text, [], []).length;
    },
  },
  {
    name: "gpt-tokenizer",
    version: "4.0.0",
    load(require) {
      const { countTokens } = require("gpt-tokenizer/encoding/o200k_base");
      const plain = { disallowedSpecial: new Set() };
      return (text) => countTokens(text, plain);
    },
  },
  {
    name: "ai-tokenizer",
    version: "1.0.6",
    load(require) {
      const { default: Tokenizer } = require("ai-tokenizer");
      const tokenizer = new Tokenizer(require("ai-tokenizer/encoding/o200k_base"));
      return (text) => tokenizer.encode(text, "all").length;
    },
  },
  {
    name: "tiktoken",
    note: "WASM",
    version: "1.0.22",
    load(require) {
      const encoding = require("tiktoken").get_encoding("o200k_base");
      return (text) => encoding.encode_ordinary(text).length;
    },
  },
  {
    name: "kitoken",
    note: "WASM",
    version: "0.10.1",
    load(require, folder) {
      const { Kitoken } = require("kitoken/node");
      const encoding = Kitoken.from_tiktoken(
        require("node:fs").readFileSync(`${folder}/o200k_base.tiktoken`),
      );
      return (text) => encoding.encode(text, false).length;
    },
  },
  {
    name: "compact",
    note: "cl100k_base",
    load: (require) => require("./compact-tokens.cjs").tokenCounter("cl100k_base").count,
  },
  {
    name: "tiktoken-node",
    note: "native, cl100k_base, the only one it has",
    version: "0.0.7",
    load(require) {
      const encoding = require("tiktoken-node").getEncoding("cl100k_base");
      return (text) => encoding.encode(text).length;
    },
  },
].map((counter) => ({
  ...counter,
  label: counter.note ? `${counter.name} (${counter.note.split(",")[0]})` : counter.name,
}));
