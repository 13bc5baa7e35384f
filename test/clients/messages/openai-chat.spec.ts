// Message files have no client to resume them: the SDK's types and the API's rules judge what `compact` wrote.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compactSession } from "../compact-session.ts";
import { discard, makePlace } from "../drive.ts";
import { presets } from "../presets.ts";
import { typeErrors } from "../sdk-types.ts";
import { type ChatMessage, chatMessages, violations } from "./openai-chat.ts";

const sdkType = {
  importLine: 'import type OpenAI from "openai";',
  type: "OpenAI.Chat.ChatCompletionMessageParam[]",
};

test.each(presets)(
  "chat messages compacted with $preset are still what the SDK and the API take",
  async ({ preset }) => {
    const place = makePlace();
    const file = join(place.project, "messages.jsonl");
    const original = chatMessages();
    writeFileSync(file, original.map((message) => `${JSON.stringify(message)}\n`).join(""));
    await compactSession(place, file, preset);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    const compacted = lines.map((line) => JSON.parse(line) as ChatMessage);
    discard(place);

    expect(compacted).not.toEqual(original);
    expect(violations(compacted)).toEqual([]);
    expect(typeErrors(sdkType, compacted)).toEqual([]);
    const frame = (messages: ChatMessage[]) =>
      messages.map((m) => (m.role === "tool" ? { ...m, content: "" } : m));
    expect(frame(compacted)).toEqual(frame(original));
  },
);
