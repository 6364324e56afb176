import { randomBytes } from "node:crypto";
import client from "@sendgrid/client";
import mails from "@sendgrid/mail";
import emailSendgrid from "@wend/email-sendgrid";
import type { ChannelCase } from "../channel-case.ts";
import { startHttpProvider } from "../http-provider.ts";
import { orderMail } from "../order-mail.ts";

interface Config {
  readonly apiKey: string;
  readonly from: string;
  readonly fromName: string;
  readonly url: string;
  readonly [field: string]: string;
}

/** As the plugin states it of every mail. */
const trackingSettings = {
  clickTracking: { enable: false, enableText: false },
  openTracking: { enable: false },
  subscriptionTracking: { enable: false },
};

/** A mail of text and HTML, beside SendGrid's own client with the same custom arguments. */
export const channel: ChannelCase<Config> = {
  plugin: emailSendgrid,
  action: "send",
  client: "@sendgrid/mail",
  startProvider: (took) =>
    startHttpProvider(({ body }) => {
      const { personalizations } = JSON.parse(body);
      took(personalizations[0].to[0].email);
      return { status: 202, headers: { "x-message-id": randomBytes(16).toString("base64url") } };
    }),
  config: ({ port }) => ({
    apiKey: "SG.bench",
    from: "orders@shop.example",
    fromName: "The Shop",
    url: `http://127.0.0.1:${port}`,
  }),
  input: orderMail,
  openClient: async ({ apiKey, from, fromName, url }) => {
    client.setApiKey(apiKey);
    client.setDefaultRequest("baseUrl", url);
    mails.setClient(client);
    return {
      send: ([customer]) => {
        const { id, email } = customer!;
        const customArgs = { wend_connection: "bench", wend_delivery: id, wend_key: id };
        const headers = { "Message-ID": `<${id}@shop.example>` };
        const mail = { from: { email: from, name: fromName }, ...orderMail(customer!), headers, trackingSettings };
        return mails.send({ ...mail, personalizations: [{ to: email, customArgs }] });
      },
    };
  },
};
