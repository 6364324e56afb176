import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { runChild } from "../../shared/run-child.ts";
import type { Message, SinkCounts, SinkName } from "./message.ts";
import { createRetryAfter } from "./retry-after.ts";
import type { Fault, Trouble } from "./trouble.ts";
import { createTrouble } from "./trouble.ts";

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
  const counts = {
    repeats: 0,
    found: 0,
    absent: 0,
    faults: { slowDown: 0, broken: 0, brokenAfter: 0, silent: 0, reset: 0, page: 0 },
    leftOpen: 0,
  };
  const nextRetryAfter = createRetryAfter();
  let trouble: Trouble | undefined;

  const keep = ({ sink, key, body }: Call): void => {
    if (body === undefined) return;
    if (sink === "keyed" && known.keyed.has(key)) {
      counts.repeats += 1;
      return;
    }
    known[sink].add(key);
    messages.push({ sink, key, at: Date.now(), ...JSON.parse(body) });
  };
  const serve = async (call: Call, response: ServerResponse): Promise<void> => {
    if (call.body === undefined) {
      const isKnown = known[call.sink].has(call.key);
      counts[isKnown ? "found" : "absent"] += 1;
      response.writeHead(isKnown ? 200 : 404, json).end("{}");
      return;
    }
    keep(call);
    await sleep(answerMs * (0.5 + Math.random()));
    response.writeHead(200, json).end("{}");
  };
  const fail: Readonly<Record<Fault, (call: Call, response: ServerResponse) => void>> = {
    slowDown: (_, response) => response.writeHead(429, { "retry-after": nextRetryAfter() }).end(),
    broken: (_, response) => response.writeHead(500).end(),
    brokenAfter: (call, response) => {
      keep(call);
      response.writeHead(500).end();
    },
    silent: (call) => {
      if (trouble!.flip()) keep(call);
    },
    reset: (call, response) => {
      keep(call);
      response.socket?.resetAndDestroy();
    },
    page: (call, response) => {
      if (trouble!.flip()) keep(call);
      response.writeHead(200, { "content-type": "text/html" }).end("<html><h1>Back soon</h1></html>");
    },
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    const fault = trouble?.next(call.key, call.attempt);
    if (fault === undefined) return serve(call, response);
    counts.faults[fault] += 1;
    if (call.sink === "blind" && fault !== "slowDown") counts.leftOpen += 1;
    fail[fault](call, response);
  };
  // A caller that was killed in the middle of its request has sent nothing.
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ready: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    answers: {
      messages: () => messages,
      counts: (): SinkCounts => counts,
      /** One call in so many meets with each fault; 0: the trouble is over. */
      trouble: (oneIn: number) => {
        trouble = oneIn > 0 ? createTrouble(oneIn) : undefined;
      },
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
});

const json = { "content-type": "application/json" };

/** A message, or without a body a question for one. */
interface Call {
  readonly sink: SinkName;
  readonly key: string;
  readonly body: string | undefined;
  /** Of the message; a question has none. */
  readonly attempt: number;
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const [, sink, asked] = request.url!.split("/") as [string, SinkName, string?];
  if (asked !== undefined) return { sink, key: decodeURIComponent(asked), body: undefined, attempt: 0 };
  const { "idempotency-key": key, "x-attempt": attempt } = request.headers;
  return { sink, key: String(key), body: await bodyOf(request), attempt: Number(attempt) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
