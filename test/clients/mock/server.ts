// A provider on 127.0.0.1 whose model says what a script says. In: a provider and the replies. Out: a port, and
// every request that came. It never fails on a strange request: it records it, and the test judges.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Provider, Reply, ToolCall } from "./provider.ts";

/** A request of the client: the ones that carry the conversation are turns. */
export interface Exchange {
  method: string;
  path: string;
  body: unknown;
  isTurn: boolean;
}

/** What the model answers to one turn. */
export interface Answer {
  text: string;
  calls: ToolCall[];
  /** How long the model thinks first, in milliseconds: real ones take their time over a summary. */
  thinks?: number;
}

export interface MockServer {
  port: number;
  exchanges: Exchange[];
  close(): Promise<void>;
}

/** Bytes of a token, roughly: clients only want a plausible number for their context meters. */
const bytesPerToken = 4;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * Starts the mock. Each turn takes the next answer; behind the last one the model says "Done.".
 * @param name makes the ids of this run unique: "session", "resume"
 */
export async function startMock(provider: Provider, name: string, answers: Answer[]): Promise<MockServer> {
  const exchanges: Exchange[] = [];
  let turns = 0;
  const server = createServer(async (request, response) => {
    const text = await textOf(request);
    const path = (request.url ?? "").split("?")[0] ?? "";
    const body: unknown = text ? JSON.parse(text) : undefined;
    const isProvider = path === provider.path && body !== undefined;
    const isTurn = isProvider && provider.isTurn(body);
    exchanges.push({ method: request.method ?? "", path, body, isTurn });
    if (!isProvider) {
      response.writeHead(404, { "content-type": "application/json" }).end("{}");
      return;
    }
    const answer: Answer = (isTurn ? answers[turns] : undefined) ?? { text: "Done.", calls: [] };
    const reply: Reply = { turn: `${name}${isTurn ? turns : `Aside${exchanges.length}`}`, ...answer };
    if (isTurn) turns += 1;
    if (answer.thinks !== undefined) await pause(answer.thinks);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(provider.stream(reply, Math.ceil(text.length / bytesPerToken)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    exchanges,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
