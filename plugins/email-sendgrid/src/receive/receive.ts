import type { PluginHost, Received, WebhookRequest } from "@wend/plugin";
import { parseWebhookJson } from "@wend/plugin";
import { z } from "zod";
import type { Config } from "../config.ts";
import type { Kinds, Signals } from "../manifest.ts";
import { connectionOf } from "../marks.ts";
import { sendgridEvent } from "./event.ts";
import { readEvent } from "./read-event.ts";
import { verify } from "./verify.ts";

// SendGrid posts up to 768 KB at once; the host takes 10,000 facts, and an event can be two.
const batch = z.array(z.unknown()).max(5_000);

/** Reads the events that SendGrid posts, many at once. One that cannot be read costs none of the others. */
export function receive(config: Config, host: PluginHost, request: WebhookRequest): Received<Kinds, Signals> {
  const proof = verify(config, request);
  const parsed = parseWebhookJson(request.body, batch).map((event) => sendgridEvent.safeParse(event).data);
  const events = parsed.filter((event) => event !== undefined);
  const unreadable = parsed.length - events.length;
  if (unreadable > 0) host.log.warn({ unreadable }, "events of sendgrid could not be read");
  const facts = events.map((event) => readEvent(event, connectionOf(host.links)));
  return {
    proof,
    receipts: facts.flatMap(({ receipts }) => receipts ?? []),
    signals: facts.flatMap(({ signals }) => signals ?? []),
  };
}
