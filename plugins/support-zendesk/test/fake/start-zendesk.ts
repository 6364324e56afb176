import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Answer, Asked } from "./routes.ts";
import { answer } from "./routes.ts";
import { FakeState } from "./state.ts";

/** What happens to a request instead of its answer; undefined lets it be answered. */
export type Interruption = Answer | "hang" | "drop" | "take-and-hang" | "take-and-drop" | undefined;

export interface Zendesk extends AsyncDisposable {
  readonly url: string;
  readonly state: FakeState;
  readonly asked: Asked[];
  /** Requests a minute that are left; undefined counts none. */
  remaining: number | undefined;
  interrupt(how: (asked: Asked) => Interruption): void;
  stop(): Promise<void>;
}

/** Zendesk's API as a real server with a memory. */
export async function startZendesk(): Promise<Zendesk> {
  const state = new FakeState();
  state.addUser({ name: "Agent", email: "agent@example.test", role: "admin" });
  let interrupt: (asked: Asked) => Interruption = () => undefined;
  const zendesk: Zendesk = {
    url: "",
    state,
    asked: [],
    remaining: undefined,
    interrupt: (how) => {
      interrupt = how;
    },
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    [Symbol.asyncDispose]: () => zendesk.stop(),
  };
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const { pathname, searchParams } = new URL(url, "http://zendesk.test");
    const asked: Asked = { method, path: pathname, query: searchParams, headers, body: await text(request) };
    zendesk.asked.push(asked);
    const instead = interrupt(asked);
    if (instead === "hang") return;
    if (instead === "drop") return void response.destroy();
    if (typeof instead === "object") return send(response, instead, zendesk);
    const answered = limited(zendesk) ?? answer(state, asked);
    if (instead === "take-and-drop") response.destroy();
    if (instead === undefined) send(response, answered, zendesk);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return Object.assign(zendesk, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function limited(zendesk: Zendesk): Answer | undefined {
  if (zendesk.remaining === undefined) return undefined;
  if (zendesk.remaining === 0) {
    const body = { error: "TooManyRequests", description: "Number of allowed API requests per minute exceeded" };
    return { status: 429, body, headers: { "retry-after": "17" } };
  }
  zendesk.remaining -= 1;
  return undefined;
}

function send(response: ServerResponse, { status, body, headers }: Answer, { remaining }: Zendesk): void {
  const rate =
    remaining === undefined ? undefined : { "ratelimit-remaining": String(remaining), "ratelimit-reset": "42" };
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...rate, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
