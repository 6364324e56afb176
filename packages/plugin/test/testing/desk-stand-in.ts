import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";

/** A ticket system over HTTP: POST /tickets, GET /tickets/<reference>. */
export async function startDesk(): Promise<ProviderStandIn> {
  const keys: string[] = [];
  const taken = new Set<string>();
  let mode: ProviderMode = "accept";
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    if (request.method === "GET") {
      const reference = decodeURIComponent(request.url?.slice("/tickets/".length) ?? "");
      return response.writeHead(taken.has(reference) ? 200 : 404).end("{}");
    }
    const { reference } = (await json(request)) as { reference: string };
    keys.push(reference);
    if (mode === "unavailable") return response.writeHead(503).end();
    if (mode === "reject") return response.writeHead(422).end();
    taken.add(reference);
    if (mode === "drop") return response.destroy();
    return mode === "accept" && response.writeHead(201).end(JSON.stringify({ number: keys.length }));
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    config: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: "desk-token-5f1c" },
    behave: (next) => {
      mode = next;
    },
    keys: () => keys,
    stop: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
