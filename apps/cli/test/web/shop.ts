import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import type { AddressInfo } from "node:net";
import { basename, resolve } from "node:path";
import { page, worker } from "./shop-page.ts";

const browserFolder = resolve(import.meta.dirname, "../../../../plugins/web/src/browser");

export interface Shop extends AsyncDisposable {
  readonly url: string;
}

/** A site of its own origin, with the browser's side of the channel as it is written, its types taken off. */
export async function startShop(): Promise<Shop> {
  const server = createServer(({ url = "/" }, response) => {
    const [type, body] = contentOf(url);
    response.writeHead(200, { "content-type": type }).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function contentOf(url: string): [type: string, body: string] {
  if (url === "/sw.js") return ["text/javascript", worker];
  if (!url.startsWith("/wend/")) return ["text/html", page];
  const source = readFileSync(resolve(browserFolder, basename(url)), "utf8");
  return ["text/javascript", stripTypeScriptTypes(source)];
}
