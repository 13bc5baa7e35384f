// The public API. In: the bytes of a transcript and settings. Out: what a smaller one is made of. Writes nothing.
import type { Artifact } from "./artifacts/artifact.ts";
import type { Undo } from "./artifacts/undo.ts";
import { compact as run } from "./compact.ts";
import { resolve } from "./config/resolve.ts";
import type { Settings } from "./config/settings.ts";
import { buildFileReport } from "./report/build.ts";
import type { FileReport } from "./report/report.ts";

export type { Artifact } from "./artifacts/artifact.ts";
export { Store } from "./artifacts/store.ts";
export { applyUndo, type Undo } from "./artifacts/undo.ts";
export { presets } from "./config/presets.ts";
export type { Settings } from "./config/settings.ts";
export { SettingsError } from "./config/settings-error.ts";
export { BrokenPromiseError } from "./engine/invariants/index.ts";
export { formats } from "./formats/index.ts";
export type { FileReport } from "./report/report.ts";
export { type Restored, restore } from "./restore.ts";
export { stages } from "./stages/index.ts";
export type * from "./transcript/types.ts";

export interface Result {
  /** The compacted transcript: views into the source, and markers. */
  chunks(): Iterable<Buffer>;
  /** What was removed, by observation; store them before the output appears. */
  readonly artifacts: readonly Artifact[];
  /** Undefined when nothing was removed. */
  readonly undo: Undo | undefined;
  readonly report: FileReport;
}

/**
 * Compacts one transcript.
 *
 * @throws SettingsError on settings that mean nothing, BrokenPromiseError when a result would break a promise
 */
export function compact(source: Uint8Array, settings: Settings = {}): Result {
  const config = resolve(settings);
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const compaction = run(bytes, config);
  const cuts = compaction.status === "compacted" ? compaction.choice.cuts : [];
  const artifacts = new Map(cuts.flatMap(({ artifact }) => (artifact ? [[artifact.sha256, artifact]] : [])));
  return {
    chunks: () => compaction.chunks,
    artifacts: [...artifacts.values()],
    undo: compaction.status === "compacted" && cuts.length > 0 ? compaction.undo : undefined,
    report: buildFileReport(compaction, {
      path: "",
      preset: config.preset,
      bytes: bytes.length,
      storeAdded: 0,
    }),
  };
}
