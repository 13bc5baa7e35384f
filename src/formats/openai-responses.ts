// In: items of OpenAI's Responses API, one a line, without an envelope. Out: their entries and blocks; every item is live, since
// the caller sends all of them again. Codex writes the same items under a header of its own, and is asked first.
import type { Format } from "./format.ts";
import { itemSign, readItem } from "./responses-items.ts";

export const openaiResponses: Format = {
  name: "openai-responses",
  description: "OpenAI Responses items, one item a line",

  recognise: itemSign,

  read(lines, builder) {
    for (const { line, json } of lines) readItem(builder.entry(line), json, builder);
  },
};
