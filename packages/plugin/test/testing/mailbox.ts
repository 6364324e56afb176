import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defineManifest, definePlugin, findHttpError, toFetchError, WendError } from "@wend/plugin";
import type { PluginTestSetup, ProviderMode, ProviderStandIn } from "@wend/plugin/testing";
import { z } from "zod";

const PAGE = 2;
const replies = [1, 2, 3, 4, 5].map((number) => ({
  id: `reply-${number}`,
  at: 1_790_000_000_000 + number,
  to: "mail-1",
}));
const page = z.object({ replies: z.array(z.object({ id: z.string(), at: z.int(), to: z.string() })) });

const manifest = defineManifest({
  id: "mailbox",
  version: "1.0.0",
  contract: 1,
  config: z.object({ url: z.url() }),
  actions: {
    send: {
      title: "Sends one text.",
      input: z.object({ text: z.string() }),
      output: z.object({}),
      channel: "mailbox",
      purpose: "transactional",
      dedupe: { by: "key", windowMs: 60_000 },
    },
  },
  events: ["replied"],
  poll: { everyMs: 60_000 },
});

/** A plugin that polls, previews and serves. */
export const mailbox = definePlugin(manifest, async ({ url }, host) => {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    if (init.signal?.aborted) throw new WendError("provider.unavailable");
    const response = await host.fetch(url + path, init).catch((error) => {
      throw toFetchError(error);
    });
    const fault = findHttpError(response, host.now());
    if (fault !== undefined) throw fault;
    return response;
  };
  return {
    actions: {
      send: async ({ input, idempotencyKey, signal }) => {
        await ask(`/send?key=${idempotencyKey}`, { method: "POST", body: input.text, signal });
        return { output: {} };
      },
    },
    poll: async (cursor, signal) => {
      const response = await ask(`/replies?after=${cursor ?? ""}`, { signal });
      const found = page.parse(await response.json()).replies;
      const receipts = found.map(({ id, at, to }) => ({ kind: "replied" as const, id, at, about: { providerId: to } }));
      return { receipts, cursor: found.at(-1)?.id ?? cursor ?? "", more: found.length === PAGE };
    },
    preview: async ({ input }) => ({ parts: 1, bytes: Buffer.byteLength(input.text), notes: [] }),
    serve: async ({ path }) => ({ response: new Response("", { status: path === "/inbox" ? 200 : 404 }) }),
  };
});

async function startProvider(): Promise<ProviderStandIn> {
  const keys: string[] = [];
  let mode: ProviderMode = "accept";
  const statuses = { accept: 200, unavailable: 503, reject: 422 };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://mailbox");
    if (pathname === "/send") keys.push(searchParams.get("key") ?? "");
    if (mode === "drop") return void response.destroy();
    if (mode === "hang") return;
    const from = replies.findIndex(({ id }) => id === searchParams.get("after")) + 1;
    const answer = pathname === "/replies" ? { replies: replies.slice(from, from + PAGE) } : {};
    request.resume().on("end", () => response.writeHead(statuses[mode as "accept"]).end(JSON.stringify(answer)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    config: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    behave: (next) => {
      mode = next;
    },
    keys: () => keys,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const mailboxSetup: Omit<PluginTestSetup, "plugin"> = {
  calls: { send: { input: { text: "Hello" } } },
  startProvider,
  polls: {
    startProvider,
    says: { receipts: replies.map(({ id, at, to }) => ({ kind: "replied", id, at, about: { providerId: to } })) },
  },
};
