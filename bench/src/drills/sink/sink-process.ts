import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { runChild } from "../../shared/run-child.ts";
import type { Message, SinkCounts, SinkName } from "./message.ts";

export interface SinkSetup {
  /** A call is kept at once and answered after so long, so that many are under way at any moment. */
  readonly answerMs: number;
}

export interface SinkReady {
  readonly url: string;
}

// The outside world, in a process of its own that nobody kills: what it holds is the truth about what was sent.
runChild<SinkSetup, SinkReady>(async ({ answerMs }) => {
  const messages: Message[] = [];
  const known: Record<SinkName, Set<string>> = { keyed: new Set(), lookup: new Set(), blind: new Set() };
  const counts = { repeats: 0, found: 0, absent: 0 };

  const keep = (sink: SinkName, key: string, body: string): void => {
    if (sink === "keyed" && known.keyed.has(key)) {
      counts.repeats += 1;
      return;
    }
    known[sink].add(key);
    messages.push({ sink, key, at: Date.now(), ...JSON.parse(body) });
  };
  const post = async (sink: SinkName, request: IncomingMessage): Promise<number> => {
    const key = String(request.headers["idempotency-key"]);
    keep(sink, key, await bodyOf(request));
    await sleep(answerMs * (0.5 + Math.random()));
    return 200;
  };
  const find = (sink: SinkName, key: string): number => {
    const isKnown = known[sink].has(key);
    counts[isKnown ? "found" : "absent"] += 1;
    return isKnown ? 200 : 404;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, sink, key = ""] = request.url!.split("/") as [string, SinkName, string?];
    const status = request.method === "POST" ? await post(sink, request) : find(sink, decodeURIComponent(key));
    response.writeHead(status).end();
  };
  // A caller that was killed in the middle of its request has sent nothing.
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ready: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    answers: { messages: () => messages, counts: (): SinkCounts => counts },
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
