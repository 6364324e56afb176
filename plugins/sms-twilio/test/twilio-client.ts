import type { Twilio } from "twilio";
import twilio from "twilio";
import type { FakeTwilio } from "./fake-twilio.ts";

/** Sends what Twilio's own client asks of its API to the fake. */
class FakeRequestClient extends twilio.RequestClient {
  readonly #url: string;

  constructor(url: string) {
    super({ keepAlive: true });
    this.#url = url;
  }

  override request<Data>(options: Parameters<typeof twilio.RequestClient.prototype.request<Data>>[0]) {
    return super.request<Data>({ ...options, uri: options.uri.replace("https://api.twilio.com", this.#url) });
  }
}

/** Twilio's own client, beside which the plugin can be measured. */
export const twilioClientOf = ({ url, accountSid, authToken }: FakeTwilio): Twilio =>
  twilio(accountSid, authToken, { httpClient: new FakeRequestClient(url) });
