import type { Accepted, ActionCall, PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { Api } from "./api.ts";
import { accountOf, findApiKey } from "./api.ts";
import { callbackUrl } from "./callback-url.ts";
import type { Config, SendInput, SendOutput } from "./manifest.ts";
import { parsePhoneNumber } from "./phone-number.ts";
import { chooseSender } from "./sender.ts";

/** What Twilio refuses with 21617, said before anybody is called. */
const MAX_CHARACTERS = 1_600;

const created = z.object({
  sid: z.string().regex(/^(?:SM|MM)[0-9a-fA-F]{32}$/),
  status: z.string(),
  from: z.string().nullish(),
  num_segments: z.string().nullish(),
});

export function createSend(config: Config, host: PluginHost, api: Api) {
  const credentials = findApiKey(config) ?? accountOf(config);
  return async ({ input, address, deliveryId, signal }: ActionCall<SendInput>): Promise<Accepted<SendOutput>> => {
    if (signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before the request." });
    if (input.text.length > MAX_CHARACTERS) throw tooLong(input.text.length);
    const to = parsePhoneNumber(address);
    const statusCallback = callbackUrl(host.links.webhookUrl, deliveryId);
    const form = messageForm(config, { input, to, statusCallback });
    return readCreated(await api.call({ path: "/Messages.json", form, credentials, signal }));
  };
}

interface Outgoing {
  readonly input: SendInput;
  readonly to: string;
  readonly statusCallback: string;
}

function messageForm({ senders, messagingServiceSid }: Config, { input, to, statusCallback }: Outgoing) {
  const form = new URLSearchParams({ To: to, Body: input.text, StatusCallback: statusCallback });
  if (messagingServiceSid !== undefined) form.set("MessagingServiceSid", messagingServiceSid);
  if (senders !== undefined) form.set("From", chooseSender(senders, to));
  if (input.validitySeconds !== undefined) form.set("ValidityPeriod", String(input.validitySeconds));
  return form;
}

function readCreated(answer: unknown): Accepted<SendOutput> {
  const { data } = created.safeParse(answer);
  // A 2xx that names no message may come from anything between us and Twilio.
  if (data === undefined) throw new WendError("provider.unknown_outcome", { detail: "The answer names no message." });
  const { sid, status, from = null, num_segments } = data;
  // A messaging service says 0 until it has chosen a sender.
  const segments = Number(num_segments ?? 0) || null;
  return { providerId: sid, output: { sid, status, from, segments } };
}

function tooLong(length: number): WendError {
  const detail = `The text has ${length} characters, of ${MAX_CHARACTERS} that Twilio takes.`;
  return new WendError("input.invalid", { detail, pointer: "/text" });
}
