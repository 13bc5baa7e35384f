// In: whole OpenAI requests or trajectories, one a line: `{"messages": [...]}` bare, wrapped by a proxy, or in a batch. Out: the
// entries and blocks of each. Text without tools looks alike in all APIs and is read here.
import type { Format } from "./format.ts";
import { readRequests, requestSign } from "./requests.ts";

export const openaiRequests: Format = {
  name: "openai-requests",
  description: "OpenAI requests, one whole conversation a line",
  wholeTranscripts: true,

  recognise(record) {
    const request = requestSign(record);
    return request?.dialect === "anthropic" ? undefined : request?.sign;
  },

  recogniseWeakly(record) {
    return requestSign(record) === undefined ? undefined : "a list of messages";
  },

  read: readRequests,
};
