import { createHash } from "node:crypto";
import type { ActionCall, PluginHost } from "@wend/plugin";
import { parseEmailAddress } from "@wend/plugin";
import type { SendMailOptions } from "nodemailer";
import { loadAttachments } from "./attachments.ts";
import type { Config } from "./config.ts";
import type { DeliveryLinks } from "./links/delivery-links.ts";
import { createDeliveryLinks } from "./links/delivery-links.ts";
import { returnPath } from "./links/return-path.ts";
import { rewriteHtml, unsubscribePlaceholder } from "./links/rewrite-html.ts";
import type { Sign } from "./links/signer.ts";
import { listHeaders } from "./list-headers.ts";
import type { SendInput } from "./send-action.ts";

interface Composer {
  readonly config: Config;
  readonly host: PluginHost;
  readonly sign: Sign;
}

/** One mail to one address. */
export async function compose(composer: Composer, call: ActionCall<SendInput>): Promise<SendMailOptions> {
  const { config, host, sign } = composer;
  const { input, deliveryId, idempotencyKey, signal } = call;
  const to = parseEmailAddress(call.address ?? "").address;
  const from = parseEmailAddress(input.from ?? config.from);
  const links = createDeliveryLinks(host, sign, { config, deliveryId });
  const attachments = await loadAttachments(host, input.attachments ?? [], signal);
  const bounces = config.bounceAddress && returnPath(config.bounceAddress, deliveryId, sign);
  return {
    ...parties(config, input, from.address),
    to: { name: "", address: to },
    // Given apart from the headers, so that nothing in a header is ever read as a recipient.
    envelope: { from: bounces ?? from.address, to: [to] },
    subject: oneLine(input.subject),
    date: new Date(host.now()),
    messageId: `<${digest(idempotencyKey)}@${from.domain}>`,
    ...body(input, links),
    headers: headersOf(config, call, links),
    ...(attachments.length === 0 ? undefined : { attachments }),
  };
}

function parties(config: Config, input: SendInput, from: string): SendMailOptions {
  // The connection's name belongs to the connection's address.
  const name = input.fromName ?? (input.from === undefined ? config.fromName : undefined) ?? "";
  const replyTo = input.replyTo ?? config.replyTo;
  return {
    from: { name, address: from },
    ...(replyTo === undefined ? undefined : { replyTo: { name: "", address: replyTo } }),
  };
}

function body({ text, html, mjml }: SendInput, links: DeliveryLinks): SendMailOptions {
  const page = mjml ?? html;
  const unsubscribe = () => links.unsubscribe() ?? unsubscribePlaceholder;
  return {
    ...(text === undefined ? undefined : { text: text.replaceAll(unsubscribePlaceholder, unsubscribe) }),
    ...(page === undefined ? undefined : { html: rewriteHtml(page, links) }),
  };
}

function headersOf(config: Config, { input, purpose }: ActionCall<SendInput>, links: DeliveryLinks) {
  const own = input.headers ?? {};
  if (purpose !== "promotional") return own;
  const listId = config.listId ?? `list.${parseEmailAddress(input.from ?? config.from).domain}`;
  return listHeaders({ listId, unsubscribe: links.unsubscribe(), own });
}

// The same on every attempt, so that whoever gets a mail twice can tell.
function digest(idempotencyKey: string): string {
  return createHash("sha256").update(idempotencyKey).digest("hex").slice(0, 32);
}

// Templates leave line breaks where their tags stood.
function oneLine(subject: string): string {
  return subject.replace(/[\s\p{Cc}]+/gu, " ").trim();
}
