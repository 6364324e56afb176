import type { ServerResponse } from "node:http";

/** A message as Twilio keeps it, in the spelling of its API. */
export interface FakeMessage {
  readonly sid: string;
  readonly account_sid: string;
  readonly to: string;
  readonly from: string | null;
  readonly messaging_service_sid: string | null;
  readonly body: string;
  readonly status: string;
  readonly error_code: number | null;
  readonly statusCallback: string | null;
}

const base = (accountSid: string) => `/2010-04-01/Accounts/${accountSid}`;

/** As the API tells of a message: where it is reported to, it does not tell. */
export function messageJson({ statusCallback: _untold, ...kept }: FakeMessage) {
  const uri = `${base(kept.account_sid)}/Messages/${kept.sid}`;
  const at = "Thu, 24 Aug 2023 05:01:45 +0000";
  const rest = { api_version: "2010-04-01", date_created: at, date_sent: null, date_updated: at, num_media: "0" };
  const counted = { num_segments: kept.messaging_service_sid === null ? "1" : "0", price: null, price_unit: "USD" };
  const links = { subresource_uris: { media: `${uri}/Media.json` }, uri: `${uri}.json` };
  return { ...kept, ...rest, ...counted, ...links, direction: "outbound-api", error_message: null };
}

export function listJson(url: URL, messages: readonly FakeMessage[]) {
  const size = Number(url.searchParams.get("PageSize") ?? 50);
  const to = url.searchParams.get("To");
  const found = messages.filter((message) => to === null || message.to === to).slice(0, size);
  const uri = `${url.pathname}?PageSize=${size}&Page=0`;
  const pages = { first_page_uri: uri, next_page_uri: null, previous_page_uri: null, uri };
  return { ...pages, start: 0, end: found.length, page: 0, page_size: size, messages: found.map(messageJson) };
}

export const accountJson = (sid: string, status: string) => ({
  sid,
  status,
  type: "Full",
  friendly_name: "Shop",
  owner_account_sid: sid,
  uri: `${base(sid)}.json`,
});

export function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json;charset=utf-8" }).end(JSON.stringify(body));
}

interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly headers?: Record<string, string>;
}

/** With the customer's number in its words, as Twilio's are: nothing of them may be passed on. */
export function refuse(response: ServerResponse, { status, code, headers }: Refusal): void {
  const message = "The 'To' number +4915112345678 is at fault.";
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
