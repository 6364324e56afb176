import { createHash } from "node:crypto";
import type { ActionCall, PluginHost } from "@wend/plugin";
import { parseEmailAddress } from "@wend/plugin";
import type { DeliveryLinks } from "./links/delivery-links.ts";
import { createDeliveryLinks } from "./links/delivery-links.ts";
import { rewriteHtml, unsubscribePlaceholder } from "./links/rewrite-html.ts";
import type { Sign } from "./links/signer.ts";
import { listHeaders } from "./list-headers.ts";
import { loadAttachments } from "./load-attachments.ts";
import type { Mail, MailSender } from "./mail.ts";
import type { MailInput } from "./manifest/mail-action.ts";
import type { Sender } from "./manifest/sender.ts";

/** What {@link composeMail} makes mails with. */
export interface MailComposer {
  readonly sender: Sender;
  readonly host: PluginHost;
  readonly sign: Sign;
  /** An attribute that keeps a provider which tracks clicks by itself away from a link; see {@link DeliveryLinks}. */
  readonly untracked?: string;
}

/**
 * One mail to one address: its links signed and tracked, its attachments loaded, promotional mail with the headers to
 * unsubscribe. Throws `address.invalid`, `blob.not_found`, `blob.too_large`.
 */
export async function composeMail(composer: MailComposer, call: ActionCall<MailInput>): Promise<Mail> {
  const { sender, host } = composer;
  const { input, signal } = call;
  const to = parseEmailAddress(call.address ?? "").address;
  const from = parseEmailAddress(input.from ?? sender.from);
  const links = createDeliveryLinks(composer, call.deliveryId);
  return {
    from: { name: nameOf(sender, input), address: from.address },
    to,
    replyTo: input.replyTo ?? sender.replyTo,
    subject: oneLine(input.subject),
    messageId: `${digest(call.idempotencyKey)}@${from.domain}`,
    ...bodyOf(input, links),
    headers: headersOf(sender.listId ?? `list.${from.domain}`, call, links),
    attachments: await loadAttachments(host, input.attachments ?? [], signal),
  };
}

// The connection's name belongs to the connection's address.
const nameOf = (sender: Sender, input: MailInput): MailSender["name"] =>
  input.fromName ?? (input.from === undefined ? sender.fromName : undefined) ?? "";

function bodyOf({ text, html, mjml }: MailInput, links: DeliveryLinks): Pick<Mail, "text" | "html"> {
  const page = mjml ?? html;
  const unsubscribe = () => links.unsubscribe() ?? unsubscribePlaceholder;
  return {
    text: text?.replaceAll(unsubscribePlaceholder, unsubscribe),
    html: page === undefined ? undefined : rewriteHtml(page, links),
  };
}

function headersOf(listId: string, { input, purpose }: ActionCall<MailInput>, links: DeliveryLinks): Mail["headers"] {
  const own = input.headers ?? {};
  return purpose === "promotional" ? listHeaders({ listId, unsubscribe: links.unsubscribe(), own }) : own;
}

// The same on every attempt, so that whoever gets a mail twice can tell.
function digest(idempotencyKey: string): string {
  return createHash("sha256").update(idempotencyKey).digest("hex").slice(0, 32);
}

// Templates leave line breaks where their tags stood.
function oneLine(subject: string): string {
  return subject.replace(/[\s\p{Cc}]+/gu, " ").trim();
}
