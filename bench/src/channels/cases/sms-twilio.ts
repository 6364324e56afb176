import { randomBytes } from "node:crypto";
import smsTwilio from "@wend/sms-twilio";
import twilio from "twilio";
import type { ChannelCase } from "../channel-case.ts";
import type { Customer } from "../customer.ts";
import { startHttpProvider } from "../http-provider.ts";

interface Config {
  readonly accountSid: string;
  readonly authToken: string;
  readonly senders: string[];
  readonly url: string;
  readonly [field: string]: string | string[];
}

const textOf = ({ name, order }: Customer) => `Hi ${name}, your order ${order} is on its way: https://shop.example/o`;

const sender = "+14155552345";
const statusCallback = "https://wend.example/v1/connections/0198c2a1-7a10-7000-8000-000000000001/webhook?delivery=";

/** Twilio's client, told to call another host than Twilio's; connections are kept open, as it does by itself. */
class LocalClient extends twilio.RequestClient {
  readonly #url: string;

  constructor(url: string) {
    super({ keepAlive: true });
    this.#url = url;
  }

  override request<Data>(options: Parameters<typeof twilio.RequestClient.prototype.request<Data>>[0]) {
    return super.request<Data>({ ...options, uri: options.uri.replace("https://api.twilio.com", this.#url) });
  }
}

/** One SMS, beside Twilio's own client. */
export const channel: ChannelCase<Config> = {
  plugin: smsTwilio,
  action: "send",
  client: "twilio",
  startProvider: (took) =>
    startHttpProvider(({ line, body }) => {
      const form = new URLSearchParams(body);
      const to = form.get("To") ?? "";
      took(to);
      return { status: 201, body: messageOf(line, form) };
    }),
  config: ({ port }) => ({
    accountSid: `AC${"a".repeat(32)}`,
    authToken: "b".repeat(32),
    senders: [sender],
    url: `http://127.0.0.1:${port}`,
  }),
  input: (customer) => ({ text: textOf(customer) }),
  openClient: async ({ accountSid, authToken, url }) => {
    const { messages } = twilio(accountSid, authToken, { httpClient: new LocalClient(url) });
    return {
      send: ([customer]) =>
        messages.create({
          to: customer!.phone,
          from: sender,
          body: textOf(customer!),
          statusCallback: statusCallback + customer!.id,
        }),
    };
  },
};

/** A message as Twilio answers it. */
function messageOf(line: string, form: URLSearchParams) {
  const [, accountSid = ""] = /\/Accounts\/(AC[0-9a-f]+)\//.exec(line) ?? [];
  const sid = `SM${randomBytes(16).toString("hex")}`;
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
  const at = "Thu, 24 Aug 2023 05:01:45 +0000";
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body: form.get("Body"),
    date_created: at,
    date_sent: null,
    date_updated: at,
    direction: "outbound-api",
    error_code: null,
    error_message: null,
    from: form.get("From"),
    messaging_service_sid: null,
    num_media: "0",
    num_segments: "1",
    price: null,
    price_unit: "USD",
    sid,
    status: "queued",
    subresource_uris: { media: `${uri}/Media.json` },
    to: form.get("To"),
    uri: `${uri}.json`,
  };
}
