import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";

const statuses = { accept: 201, unavailable: 503, reject: 422 };

/** A real server that plays the provider: POST /messages, GET /account. */
export async function startProvider(): Promise<ProviderStandIn> {
  const keys: string[] = [];
  const reached: string[] = [];
  let mode: ProviderMode = "accept";
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    if (request.method === "GET") return response.writeHead(200).end("{}");
    // In full, or it has not been taken.
    reached.push(((await json(request)) as { to: string }).to);
    keys.push(String(request.headers["idempotency-key"]));
    if (mode === "drop") return response.destroy();
    if (mode === "hang") return undefined;
    return response.writeHead(statuses[mode]).end(JSON.stringify({ id: `message-${keys.length}` }));
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    config: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: "token-5f1c" },
    behave: (next) => {
      mode = next;
    },
    keys: () => keys,
    reached: () => reached,
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
