import { createECDH } from "node:crypto";
import { Agent } from "node:https";
import web from "@wend/web";
import webPush from "web-push";
import type { ChannelCase } from "../channel-case.ts";
import type { Customer } from "../customer.ts";
import { startHttpProvider } from "../http-provider.ts";
import { localCertificate } from "../local-certificate.ts";

interface Config {
  readonly vapidSubject: string;
  readonly vapidPublicKey: string;
  readonly vapidPrivateKey: string;
  readonly [field: string]: string;
}

const noteOf = ({ name, order }: Customer) => ({
  title: `Order ${order}`,
  body: `${name}, your order is on its way. Open it to see when it will be there.`,
  url: "https://shop.example/orders",
});

/** As a browser subscribes; what it would decrypt with does not matter here. */
const browser = createECDH("prime256v1");
browser.setPrivateKey(Buffer.alloc(32, 7));
const keys = {
  p256dh: browser.getPublicKey().toString("base64url"),
  auth: Buffer.alloc(16, 7).toString("base64url"),
};

const subscriptionOf = ({ id }: Customer, port: number) => ({ endpoint: `https://127.0.0.1:${port}/send/${id}`, keys });

/** What the plugin adds for its service worker, of the length that it has there. */
const report = `https://wend.example/v1/serve/0198c2a1-7a10-7000-8000-000000000001/push/${"r".repeat(100)}`;

/**
 * An encrypted notification, beside web-push. The inbox is left out: no vendor is called for it, so that nobody's client
 * could stand beside it, and what it costs is the delivery itself.
 */
export const channel: ChannelCase<Config> = {
  plugin: web,
  action: "push",
  client: "web-push",
  trusted: localCertificate.cert,
  startProvider: (took) =>
    startHttpProvider(
      ({ line }) => {
        const id = line.slice(line.lastIndexOf("/") + 1);
        took(id);
        return { status: 201, headers: { location: `/m/${id}` } };
      },
      { tls: localCertificate },
    ),
  config: () => {
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    return { vapidSubject: "mailto:ops@shop.example", vapidPublicKey: publicKey, vapidPrivateKey: privateKey };
  },
  input: (customer) => noteOf(customer),
  traits: (customer, { port }) => ({ push: JSON.stringify(subscriptionOf(customer, port)) }),
  openClient: async ({ vapidSubject: subject, vapidPublicKey, vapidPrivateKey }, { port, concurrency }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
    const vapidDetails = { subject, publicKey: vapidPublicKey, privateKey: vapidPrivateKey };
    return {
      send: ([customer]) => {
        const payload = JSON.stringify({ ...noteOf(customer!), tag: customer!.id, report });
        const options = { vapidDetails, TTL: 86_400, urgency: "normal", contentEncoding: "aes128gcm", agent } as const;
        return webPush.sendNotification(subscriptionOf(customer!, port), payload, options);
      },
      close: () => agent.destroy(),
    };
  },
};
