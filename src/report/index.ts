// The registry of report outputs. A renderer is loaded when it is asked for: the table library is not free at start-up.
import type { Report } from "./report.ts";
import type { Paint } from "./text.ts";

export interface Renderer {
  readonly name: string;
  readonly description: string;
  render(report: Report, paint: Paint): Promise<string>;
}

export const renderers: readonly Renderer[] = [
  {
    name: "text",
    description: "short tables",
    render: async (report, paint) => (await import("./text.ts")).renderText(report, paint),
  },
  {
    name: "json",
    description: "every number, with a version",
    render: async (report) => (await import("./json.ts")).renderJson(report),
  },
  { name: "none", description: "nothing", render: async () => "" },
];
