import type { Sign } from "@wend/email";
import type { ReceiptSubject } from "@wend/plugin";
import type { Config } from "../config.ts";
import { findReturnPath } from "../links/return-path.ts";
import { originalFields } from "./original.ts";
import type { ReadMail } from "./read-mail.ts";

/** Which of our mails a report is about: by the return path of its own that it came to, else by its Message-ID. */
export function findDelivery(mail: ReadMail, config: Config, sign: Sign): ReceiptSubject | undefined {
  const original = originalFields(mail);
  const places = [
    ...mail.headers.values(),
    ...(original?.values() ?? []),
    ...mail.parts.map(({ text }) => text),
    mail.text,
  ];
  const deliveryId = config.bounceAddress && findReturnPath(config.bounceAddress, places.join("\n"), sign);
  if (deliveryId) return { deliveryId };
  const messageId = /^<?([^\s<>]{1,500})>?$/.exec(original?.get("message-id") ?? "")?.[1];
  return messageId === undefined ? undefined : { providerId: messageId };
}
