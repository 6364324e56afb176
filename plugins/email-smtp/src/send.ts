import { createHash } from "node:crypto";
import type { Accepted, ActionCall, PluginHost } from "@wend/plugin";
import { parseEmailAddress } from "@wend/plugin";
import type { SendMailOptions } from "nodemailer";
import type { Config, SendInput } from "./manifest.ts";
import { toSmtpError, withoutAddresses } from "./smtp-error.ts";
import type { createPool, Tracked } from "./transport.ts";

type Sent = Accepted<{ messageId: string; response: string }>;

/** Makes the handler of `send`. */
export function createSend(config: Config, host: PluginHost, pool: ReturnType<typeof createPool>) {
  return async (call: ActionCall<SendInput>): Promise<Sent> => {
    const progress = { handedOver: false };
    const mail: SendMailOptions & Tracked = { ...compose(config, call, host.now()), signal: call.signal, progress };
    const info = await pool.sendMail(mail).catch((error: unknown) => {
      throw toSmtpError(error, progress);
    });
    const messageId = (info.serverMessageId ?? info.messageId).replace(/^<|>$/g, "");
    return { providerId: messageId, output: { messageId, response: withoutAddresses(info.response) } };
  };
}

function compose(
  config: Config,
  { input, address, idempotencyKey }: ActionCall<SendInput>,
  now: number,
): SendMailOptions {
  const to = parseEmailAddress(address ?? "").address;
  const from = parseEmailAddress(input.from ?? config.from);
  // The connection's name belongs to the connection's address.
  const name = input.fromName ?? (input.from === undefined ? config.fromName : undefined) ?? "";
  const replyTo = input.replyTo ?? config.replyTo;
  return {
    from: { name, address: from.address },
    to: { name: "", address: to },
    // Given apart from the headers, so that nothing in a header is ever read as a recipient.
    envelope: { from: from.address, to: [to] },
    subject: oneLine(input.subject),
    date: new Date(now),
    messageId: `<${digest(idempotencyKey)}@${from.domain}>`,
    ...(replyTo === undefined ? undefined : { replyTo: { name: "", address: replyTo } }),
    ...(input.text === undefined ? undefined : { text: input.text }),
    ...(input.html === undefined ? undefined : { html: input.html }),
    ...(input.headers === undefined ? undefined : { headers: input.headers }),
  };
}

// The same on every attempt, so that whoever gets a mail twice can tell.
function digest(idempotencyKey: string): string {
  return createHash("sha256").update(idempotencyKey).digest("hex").slice(0, 32);
}

// Templates leave line breaks where their tags stood.
function oneLine(subject: string): string {
  return subject.replace(/[\s\p{Cc}]+/gu, " ").trim();
}
