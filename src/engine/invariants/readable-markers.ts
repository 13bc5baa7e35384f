// Promise 7. The next run must see each cut block as settled and reckon with its original size, or it would cut again.
import { parseCutText, SIDECAR_MARKER } from "../../transcript/marker.ts";
import type { Invariant } from "./invariant.ts";

export const readableMarkers: Invariant = {
  name: "readable-markers",
  promise:
    "Every cut block carries a marker that the next run reads back: its outcome and its original size.",

  check({ changed, cuts, prices }) {
    const outcomes = new Map(cuts.map(({ block, observation }) => [block, observation?.outcome]));
    return changed.flatMap(({ line, blocks }) =>
      blocks.flatMap(({ block, text = "" }) => {
        if (block.kind === "sidecar") {
          return text === SIDECAR_MARKER
            ? []
            : [{ line: line.number, message: "a removed copy has no marker" }];
        }
        const cut = parseCutText(text);
        const isRead =
          cut !== undefined &&
          cut.marker.outcome === outcomes.get(block) &&
          prices.count(cut.kept) + cut.marker.tokens === prices.originalTokens(block);
        return isRead ? [] : [{ line: line.number, message: "a marker does not say what was removed" }];
      }),
    );
  },
};
