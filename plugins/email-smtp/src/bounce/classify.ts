import { bounceByReply } from "./bounce-by-reply.ts";
import { bounceByStatus } from "./bounce-by-status.ts";
import { bounceByWords } from "./bounce-by-words.ts";
import type { Failure } from "./report.ts";

/**
 * Whether an address will never work, or may another time. A status that can mean one thing only decides, then what the
 * server says, then any other status, then the code of the reply. What nobody can tell is soft: a hard bounce ends all
 * mail to an address.
 */
export function classify({ status, words, ofRecipient }: Omit<Failure, "recipient" | "action">): "hard" | "soft" {
  const stated = status === undefined ? undefined : bounceByStatus(status);
  if (!ofRecipient || (stated === undefined && status?.startsWith("4."))) return "soft";
  const text = words.slice(0, 20_000).replace(/\s+/g, " ");
  if (stated?.sure) return stated.bounce;
  return bounceByWords(text) ?? stated?.bounce ?? bounceByReply(text) ?? "soft";
}
