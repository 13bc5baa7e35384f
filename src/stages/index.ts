// The registry of stages, in the order in which presets use them.
import type { Stage } from "../transcript/types.ts";
import { deleteLines } from "./delete-lines.ts";
import { dropDuplicates } from "./drop-duplicates.ts";
import { dropSidecars } from "./drop-sidecars.ts";
import { dropSuperseded } from "./drop-superseded.ts";
import { extractPayloads } from "./extract-payloads.ts";
import { maskMessages } from "./mask-messages.ts";
import { maskObservations } from "./mask-observations.ts";

export const stages: readonly Stage[] = [
  dropSidecars,
  dropDuplicates,
  dropSuperseded,
  maskObservations,
  extractPayloads,
  deleteLines,
  maskMessages,
];
