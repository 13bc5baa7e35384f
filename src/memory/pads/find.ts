// In: pads and the text of a task. Out: the pads whose task and steps fit it, the best first.
import { EMPTY_WORDS } from "../empty-words.ts";
import { termsOf } from "../search/terms.ts";
import type { Pad } from "./pad.ts";

export async function findPads(task: string, pads: readonly Pad[], limit: number): Promise<Pad[]> {
  const { default: MiniSearch } = await import("minisearch");
  const engine = new MiniSearch({
    fields: ["task", "steps", "files"],
    tokenize: termsOf,
    processTerm: (term) => (EMPTY_WORDS.has(term) ? null : term),
    searchOptions: { boost: { task: 3 }, prefix: (term) => term.length > 3 },
  });
  engine.addAll(
    pads.map(({ task: asked, steps, needs }, id) => ({
      id,
      task: asked,
      steps: steps.map(({ text }) => text).join("\n"),
      files: needs.files.join("\n"),
    })),
  );
  return engine
    .search(task)
    .slice(0, limit)
    .map(({ id }) => pads[id as number]!);
}
