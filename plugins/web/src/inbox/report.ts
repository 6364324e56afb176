import type { PluginHost } from "@wend/plugin";
import type { Answer } from "../serve/answer.ts";
import type { Asked } from "../serve/asked.ts";
import { empty } from "../serve/json.ts";
import { notFound } from "../serve/problem.ts";
import { dismiss } from "./dismissed.ts";
import { toMessage } from "./message.ts";

/** What a customer can do with a message. */
export type Done = "read" | "click" | "dismiss";

/**
 * Tells what a customer did with a message of theirs. Somebody else's is not found. To read and to click are receipts;
 * to dismiss is none of the vocabulary: it shows that the message was seen, and is a signal of its own.
 */
export async function report(host: PluginHost, { profileId, signal, parts }: Asked): Promise<Answer> {
  const [id = "", done] = parts as [string, Done];
  const [delivery] = await host.deliveries.list({ profileId, action: "inbox", id, limit: 1 }, signal);
  const message = delivery && toMessage(delivery);
  if (!message) return { response: notFound() };
  const told = { about: { deliveryId: message.id }, at: host.now(), id: `${done}:${message.id}` };
  if (done === "click") {
    const url = message.url === null ? undefined : { url: message.url };
    return { response: empty(), receipts: [{ kind: "clicked", ...told, ...url }] };
  }
  const opened = { ...told, kind: "opened", id: `read:${message.id}` } as const;
  if (done === "read") return { response: empty(), receipts: [opened] };
  await dismiss(host.state, message.id);
  const data = { deliveryId: message.id };
  return { response: empty(), receipts: [opened], signals: [{ name: "Inbox Dismissed", ...told, data }] };
}
