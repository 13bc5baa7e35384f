// In: the ranks that js-tiktoken ships. Out: dist/tokens/<encoding>.table, the form in which src/tokens reads them.
// js-tiktoken needs half a second for this in every process that counts; here it is done once.

import { mkdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

// The layout is written where it is read. esbuild makes the TypeScript file loadable here.
const bundle = await build({
  entryPoints: ["src/tokens/table.ts"],
  bundle: true,
  format: "esm",
  write: false,
});
const { layOutTable } = await import(
  `data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`
);

/** The ranks are lines of "! <first rank> <token in base64> <token in base64> …". */
function tokensOf(ranks) {
  const tokens = [];
  for (const line of ranks.bpe_ranks.split("\n")) {
    const [, firstRank, ...encoded] = line.split(" ");
    for (const [i, token] of encoded.entries()) tokens[Number(firstRank) + i] = Buffer.from(token, "base64");
  }
  // What the scanner relies on: no gaps, and every single byte a token.
  for (let rank = 0; rank < tokens.length; rank++) {
    if (tokens[rank] === undefined) throw new Error(`no token of rank ${rank}`);
  }
  if (tokens.filter((token) => token.length === 1).length !== 256)
    throw new Error("a single byte is no token");
  return tokens;
}

mkdirSync("dist/tokens", { recursive: true });
for (const name of ["o200k_base", "cl100k_base"]) {
  const { default: ranks } = await import(`js-tiktoken/ranks/${name}`);
  writeFileSync(`dist/tokens/${name}.table`, layOutTable(tokensOf(ranks)));
}
