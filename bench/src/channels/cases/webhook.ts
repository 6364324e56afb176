import { createHmac } from "node:crypto";
import webhook from "@wend/webhook";
import type { ChannelCase } from "../channel-case.ts";
import type { Customer } from "../customer.ts";
import { startHttpProvider } from "../http-provider.ts";

interface Config {
  readonly url: string;
  readonly secret: string;
  readonly [field: string]: string;
}

const key = Buffer.alloc(32, "w");

const bodyOf = ({ id, name, order }: Customer) => ({
  event: "order.confirmed",
  customer: { id, name },
  order: { number: order, currency: "EUR", lines: [{ sku: "CD-4711", quantity: 1 }] },
});

/** A signed call, beside `fetch` with the same signature made by hand: there is no vendor, and so no client of one. */
export const channel: ChannelCase<Config> = {
  plugin: webhook,
  action: "post",
  client: "fetch",
  startProvider: (took) =>
    startHttpProvider(({ body }) => {
      took(JSON.parse(body).customer.id);
      return { status: 200, body: {} };
    }),
  config: ({ port }) => ({ url: `http://127.0.0.1:${port}/orders`, secret: `whsec_${key.toString("base64")}` }),
  input: (customer) => ({ body: bodyOf(customer) }),
  openClient: async ({ url }) => ({
    send: async ([customer]) => {
      const body = JSON.stringify(bodyOf(customer!));
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const { id } = customer!;
      const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
      const headers = {
        "content-type": "application/json",
        "idempotency-key": id,
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signature}`,
      };
      const response = await fetch(url, { method: "POST", headers, body });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
    },
  }),
};
