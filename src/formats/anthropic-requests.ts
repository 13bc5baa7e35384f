// In: whole requests to Anthropic's API, one a line, bare or wrapped by a proxy. Out: the entries and blocks of each. Lines are
// often snapshots of one growing conversation; each is read for itself.
import type { Format } from "./format.ts";
import { readRequests, requestSign } from "./requests.ts";

export const anthropicRequests: Format = {
  name: "anthropic-requests",
  description: "Anthropic requests, one whole conversation a line",
  wholeTranscripts: true,

  recognise(record) {
    const request = requestSign(record);
    return request?.dialect === "anthropic" ? request.sign : undefined;
  },

  read: readRequests,
};
