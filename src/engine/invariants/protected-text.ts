// Promise 5. Every protected line of a cut block is still there, and nothing but observations, copies and what the careful tier names was cut at all.
import { touchedLines } from "../../transcript/marker.ts";
import { contains } from "../../transcript/ranges.ts";
import type { Invariant } from "./invariant.ts";

export const protectedText: Invariant = {
  name: "protected-text",
  promise: "Protected text is never touched.",

  check({ changed, protection }) {
    return changed.flatMap(({ line, blocks }) =>
      blocks.flatMap(({ block, text = "" }) => {
        if (block.kind === "sidecar") return [];
        if (block.kind !== "result" && block.tier !== "careful")
          return [{ line: line.number, message: `${block.role} text was cut` }];
        const shielded = protection.ranges(block);
        const lines = (block.text ?? "").split("\n").length;
        const isTouched = touchedLines(text, lines).some((touched) => contains(shielded, touched));
        return isTouched ? [{ line: line.number, message: `${protection.reason(block)} was cut` }] : [];
      }),
    );
  },
};
