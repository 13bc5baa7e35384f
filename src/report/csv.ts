// In: a report. Out: the main numbers as comma-separated values (RFC 4180), one row a file, for spreadsheets and data frames.
import { KIND_ORDER } from "./context-kind.ts";
import type { FileReport, Report } from "./report.ts";

type Cell = string | number | undefined;

/** Name of the column, and what stands in it. An empty cell is a number that a file does not have. */
const COLUMNS: readonly (readonly [name: string, cell: (file: FileReport) => Cell])[] = [
  ["path", ({ path }) => path],
  ["status", ({ status }) => status],
  ["format", ({ format }) => format],
  ["preset", ({ preset }) => preset],
  ["tokenizer", ({ tokenizer }) => tokenizer],
  ["tokens_before", ({ context }) => context.tokensBefore],
  ["tokens_after", ({ context }) => context.tokensAfter],
  ...KIND_ORDER.flatMap((kind) => [
    [`${kind}_before`, ({ context }: FileReport) => context.byKind[kind]?.before ?? 0] as const,
    [`${kind}_after`, ({ context }: FileReport) => context.byKind[kind]?.after ?? 0] as const,
  ]),
  ["duplicate_tokens", ({ context }) => context.waste.duplicate],
  ["superseded_tokens", ({ context }) => context.waste.superseded],
  ["bytes_before", ({ disk }) => disk.before],
  ["bytes_after", ({ disk }) => disk.after],
  ["live_bytes", ({ disk }) => disk.parts.live],
  ["dead_bytes", ({ disk }) => disk.parts.dead],
  ["sidecar_bytes", ({ disk }) => disk.parts.sidecar],
  ["image_bytes", ({ disk }) => disk.parts.image],
  ["opaque_bytes", ({ disk }) => disk.parts.opaque],
  ["structure_bytes", ({ disk }) => disk.parts.structure],
  ["store_bytes_added", ({ disk }) => disk.storeAdded],
  ["artifacts", ({ artifacts }) => artifacts],
  ["images", ({ images }) => images],
  ["first_edited_token", ({ cache }) => cache?.firstEditedToken],
  ["break_even_turns", ({ cache }) => cache?.breakEvenTurns],
  ["recall_cuts", ({ recall }) => recall?.cuts],
  ["recall_kept", ({ recall }) => recall?.kept],
  ["recall_v", ({ recall }) => recall?.v],
  ["recall_t", ({ recall }) => recall?.t],
  ["warnings", ({ warnings }) => warnings.length],
  ["error", ({ error }) => error],
];

export function* renderCsv({ files }: Report): Generator<string> {
  yield line(COLUMNS.map(([name]) => name));
  for (const file of files) yield line(COLUMNS.map(([, cell]) => cell(file)));
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(quoted).join(",")}\r\n`;
}

function quoted(cell: Cell): string {
  const text = cell === undefined ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
