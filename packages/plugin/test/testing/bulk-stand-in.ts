import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";

/** A provider over HTTP that takes several texts at once: POST / with a list, answered by a list of numbers, null for `junk`. */
export async function startBulk(): Promise<ProviderStandIn> {
  const keys: string[] = [];
  let mode: ProviderMode = "accept";
  const server = createServer(async (request, response) => {
    const texts = (await json(request)) as { reference: string; text: string }[];
    const first = keys.length + 1;
    keys.push(...texts.map(({ reference }) => reference));
    if (mode === "drop") response.destroy();
    else if (mode === "unavailable") response.writeHead(503).end();
    else if (mode === "reject") response.writeHead(422).end();
    else if (mode === "accept")
      response.end(JSON.stringify(texts.map(({ text }, index) => (text === "junk" ? null : first + index))));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    config: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
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
