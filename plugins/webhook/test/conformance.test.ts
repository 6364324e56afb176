import type { ProviderMode, ProviderStandIn } from "@wend/plugin/testing";
import { testPlugin } from "@wend/plugin/testing";
import webhook from "@wend/webhook";
import { test } from "vitest";
import { startReceiver } from "./receiver.ts";
import { reports } from "./reports.ts";

async function startProvider(): Promise<ProviderStandIn> {
  const receiver = await startReceiver();
  const posts = () => receiver.received.filter(({ method }) => method === "POST");
  let mode: ProviderMode = "accept";
  const statuses = { accept: 204, unavailable: 503, reject: 422 };
  receiver.answer((response, { method }) => {
    if (method !== "POST") response.writeHead(405).end();
    else if (mode === "drop") response.destroy();
    else if (mode !== "hang") response.writeHead(statuses[mode]).end();
  });
  return {
    config: {
      url: receiver.url,
      secret: `whsec_${Buffer.alloc(24, 3).toString("base64")}`,
      authorization: "Bearer 9d1f4c",
    },
    behave: (next) => {
      mode = next;
    },
    keys: () => posts().map(({ headers }) => String(headers["idempotency-key"])),
    stop: receiver.stop,
  };
}

const calls = { post: { input: { body: { name: "Ada" } } } };

for (const { name, run } of testPlugin({ plugin: webhook, calls, startProvider, webhooks: reports })) test(name, run);
