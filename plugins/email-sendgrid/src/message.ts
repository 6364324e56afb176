import type { Mail, MailAttachment } from "@wend/email";
import type { Config } from "./config.ts";
import type { Marks } from "./marks.ts";

/** The body of `POST /v3/mail/send`. */
export function writeMessage(mail: Mail, marks: Marks, config: Config): object {
  const { from, to, replyTo, subject, messageId, headers, attachments } = mail;
  return {
    personalizations: [{ to: [{ email: to }], custom_args: marks }],
    from: { email: from.address, ...(from.name !== "" && { name: from.name }) },
    ...(replyTo !== undefined && { reply_to: { email: replyTo } }),
    subject,
    content: contentOf(mail),
    ...(attachments.length > 0 && { attachments: attachments.map(writeAttachment) }),
    headers: { ...headers, "Message-ID": `<${messageId}>` },
    tracking_settings: trackingOf(config),
    ...(config.sandboxMode && { mail_settings: { sandbox_mode: { enable: true } } }),
  };
}

// SendGrid wants the plain text first.
const contentOf = ({ text, html }: Mail) => [
  ...(text === undefined ? [] : [{ type: "text/plain", value: text }]),
  ...(html === undefined ? [] : [{ type: "text/html", value: html }]),
];

const writeAttachment = ({ name, contentType, bytes, cid }: MailAttachment) => ({
  content: Buffer.from(bytes).toString("base64"),
  filename: name,
  type: contentType,
  ...(cid === undefined ? { disposition: "attachment" } : { disposition: "inline", content_id: cid }),
});

// Each is stated: what is left out goes by a setting of the account, and a footer or a link of SendGrid's to unsubscribe
// would stand beside ours.
const trackingOf = ({ trackClicks, trackOpens }: Config) => ({
  click_tracking: { enable: trackClicks, enable_text: false },
  open_tracking: { enable: trackOpens },
  subscription_tracking: { enable: false },
});
