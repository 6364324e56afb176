import type { MailAttachment, Sign } from "@wend/email";
import { composeMail } from "@wend/email";
import type { MailInput } from "@wend/email/manifest";
import type { ActionCall, PluginHost } from "@wend/plugin";
import type { SendMailOptions } from "nodemailer";
import type { Config } from "./config.ts";
import { returnPath } from "./links/return-path.ts";

interface Composer {
  readonly config: Config;
  readonly host: PluginHost;
  readonly sign: Sign;
}

/** One mail to one address. */
export async function compose({ config, host, sign }: Composer, call: ActionCall<MailInput>): Promise<SendMailOptions> {
  const mail = await composeMail({ sender: config, host, sign }, call);
  const { from, to, replyTo, subject, messageId, text, html, headers, attachments } = mail;
  const bounces = config.bounceAddress && returnPath(config.bounceAddress, call.deliveryId, sign);
  return {
    from,
    to: { name: "", address: to },
    ...(replyTo === undefined ? undefined : { replyTo: { name: "", address: replyTo } }),
    // Given apart from the headers, so that nothing in a header is ever read as a recipient.
    envelope: { from: bounces ?? from.address, to: [to] },
    subject,
    date: new Date(host.now()),
    messageId: `<${messageId}>`,
    ...(text === undefined ? undefined : { text }),
    ...(html === undefined ? undefined : { html }),
    headers,
    ...(attachments.length === 0 ? undefined : { attachments: attachments.map(attach) }),
  };
}

const attach = ({ name, contentType, bytes, cid }: MailAttachment) => ({
  filename: name,
  content: Buffer.from(bytes),
  contentType,
  ...(cid === undefined ? undefined : { cid, contentDisposition: "inline" as const }),
});
