import { createHash } from "node:crypto";
import type { WebhookRequest } from "@wend/plugin";
import { signForm } from "./fake/sign-form.ts";
import { accountSid } from "./open.ts";

export const url = "https://wend.test/hooks/sms-twilio/1";
export const token = "12345678901234567890123456789012";
export const sid = `SM${"b".repeat(32)}`;

type Fields = Readonly<Record<string, string>>;

/** What a request is made of; each can be put otherwise after it was signed. */
export interface Changes {
  readonly url?: string;
  readonly signedUrl?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  readonly method?: string;
}

/** A webhook with a form, as Twilio sends it. */
export function form(fields: Fields, changes: Changes = {}): WebhookRequest {
  const all = { AccountSid: accountSid, MessageSid: sid, ...fields };
  const signature = signForm(changes.token ?? token, changes.signedUrl ?? changes.url ?? url, all);
  return request(new URLSearchParams(all).toString(), { headers: { "x-twilio-signature": signature }, ...changes });
}

/** A webhook with JSON: its hash stands in the URL, and the URL is signed. */
export function json(body: string, changes: Changes = {}): WebhookRequest {
  const hashed = `${url}?bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
  const signature = signForm(changes.token ?? token, hashed, {});
  const headers = { "x-twilio-signature": signature, "content-type": "application/json" };
  return request(body, { url: hashed, headers, ...changes });
}

function request(body: string, changes: Changes): WebhookRequest {
  return {
    method: changes.method ?? "POST",
    url: changes.url ?? url,
    headers: new Headers(changes.headers ?? {}),
    body: Buffer.from(changes.body ?? body),
    signal: new AbortController().signal,
  };
}
