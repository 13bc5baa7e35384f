// The registry of report outputs. A renderer is loaded when it is asked for: the table library is not free at start-up.
import type { Report } from "./report.ts";
import type { Session } from "./session-data.ts";

/** How the caller wants things set apart; plain functions, so that no renderer knows a terminal. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly added: (text: string) => string;
}

export interface RenderOptions {
  readonly paint: Paint;
  /** All there is to say, instead of what fits below the output of a run. */
  readonly isDetailed: boolean;
  /** The transcript itself, where there is one and the renderer shows it. */
  readonly session: Session | undefined;
  /** Context tokens from which on a transcript is compacted. */
  readonly trigger: number | undefined;
  /** Reads a file that the build made. */
  readonly readAsset: (name: string) => string;
}

export interface Renderer {
  readonly name: string;
  readonly description: string;
  /** Ends the name of a file that holds it, without the dot. */
  readonly extension: string;
  /** Whether it shows the transcript of a report on one file. */
  readonly showsSession?: true;
  /** Piece by piece: a report may be larger than memory. */
  render(report: Report, options: RenderOptions): Promise<Iterable<string>>;
}

export const renderers: readonly Renderer[] = [
  {
    name: "text",
    description: "short tables",
    extension: "txt",
    render: async (report, options) => (await import("./text.ts")).renderText(report, options),
  },
  {
    name: "json",
    description: "every number, with a version",
    extension: "json",
    render: async (report) => (await import("./json.ts")).renderJson(report),
  },
  {
    name: "ndjson",
    description: "one JSON row a file",
    extension: "ndjson",
    render: async (report) => (await import("./ndjson.ts")).renderNdjson(report),
  },
  {
    name: "csv",
    description: "one row a file, the main numbers",
    extension: "csv",
    render: async (report) => (await import("./csv.ts")).renderCsv(report),
  },
  {
    name: "md",
    description: "tables for a pull request",
    extension: "md",
    render: async (report) => (await import("./markdown.ts")).renderMarkdown(report),
  },
  {
    name: "html",
    description: "a page with charts and, of one file, the transcript",
    extension: "html",
    showsSession: true,
    render: async (report, options) => (await import("./html.ts")).renderHtml(report, options),
  },
  { name: "none", description: "nothing", extension: "", render: async () => [] },
];
