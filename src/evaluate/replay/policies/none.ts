// The policy that leaves everything as it is: what the others are measured by.
import type { Policy } from "./policy.ts";

export const NONE = "none";

export const none: Policy = {
  name: NONE,
  source: "nothing goes",
  begin: () => () => [],
};
