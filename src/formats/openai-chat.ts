// In: OpenAI chat-completions messages, one a line. Out: its entries and blocks; every message is live, since the caller sends all
// of them again.
import { ChatReader, chatSign, weakChatSign } from "./chat-messages.ts";
import type { Format } from "./format.ts";

export const openaiChat: Format = {
  name: "openai-chat",
  description: "OpenAI chat messages, one message a line",

  recognise: chatSign,

  recogniseWeakly: weakChatSign,

  read(lines, builder) {
    const chat = new ChatReader(builder);
    for (const { line, json } of lines) chat.read(builder.entry(line), json);
  },
};
