import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { ServeRequest } from "@wend/plugin";

/** What a connection serves, on a port; every request is of one customer. */
export async function serveOverHttp(serve: (request: ServeRequest) => Promise<{ response: Response }>, as: string) {
  const server = createServer(async (incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    const body = method === "GET" ? null : new Uint8Array(await buffer(incoming));
    const request = new Request(`http://wend.test${url}`, { method, headers: headers as Record<string, string>, body });
    const signal = new AbortController();
    outgoing.on("close", () => signal.abort());
    const customer = headers.authorization === undefined ? undefined : { profileId: as };
    const path = new URL(request.url).pathname;
    const { response } = await serve({ request, path, customer, signal: signal.signal });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body) Readable.fromWeb(response.body as never).pipe(outgoing);
    else outgoing.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
