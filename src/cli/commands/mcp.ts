// `compact mcp`. In: requests of a client of the Model Context Protocol, on stdin. Out: answers, on stdout, until stdin ends. Nothing else may
// write to stdout meanwhile. Reads the store and transcripts below the working directory; writes nothing.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import packageJson from "../../../package.json" with { type: "json" };
import { Store } from "../../artifacts/store.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { readOnlySources, type ToolContext, tools } from "../mcp-tools.ts";
import { describeError } from "../messages.ts";

export interface McpFlags {
  readonly artifacts?: string;
}

export async function runMcp(flags: McpFlags, io: Io): Promise<ExitCode> {
  const store = Store.find(flags.artifacts, io.cwd);
  const context: ToolContext = { store, sources: readOnlySources(store), root: io.cwd };
  const { stdin } = io;
  const ended = new Promise<ExitCode>((end) => {
    stdin.once("end", () => end(ExitCode.done));
    stdin.once("close", () => end(ExitCode.done));
    io.interrupted.addEventListener("abort", () => end(ExitCode.interrupted), { once: true });
  });
  const server = serverFor(context);
  await server.connect(new StdioServerTransport(stdin, io.stdout));
  const code = await ended;
  await server.close();
  return code;
}

export function serverFor(context: ToolContext): Server {
  const about = { name: "compact", version: packageJson.version };
  const server = new Server(about, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema,
      annotations: { readOnlyHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => answer(params, context));
  return server;
}

async function answer(
  { name, arguments: input = {} }: { name: string; arguments?: Record<string, unknown> | undefined },
  context: ToolContext,
) {
  const tool = tools.find((candidate) => candidate.name === name);
  try {
    if (tool === undefined)
      throw new Error(`no tool ${name}, expected one of ${tools.map((one) => one.name).join(", ")}`);
    const unknown = Object.keys(input).find((key) => !(key in tool.inputSchema.properties));
    if (unknown !== undefined) throw new Error(`${name} takes no \`${unknown}\``);
    return { content: [{ type: "text" as const, text: await tool.run(input, context) }] };
  } catch (error) {
    const { message, hint } = describeError(error);
    const text = hint === undefined ? message : `${message}\n${hint}`;
    return { content: [{ type: "text" as const, text }], isError: true };
  }
}
