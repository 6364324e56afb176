import { findReplyCode } from "./find-status.ts";

// RFC 5321: 551 user not local, 553 mailbox name not allowed, 556 domain does not accept mail. 550 means too much.
// 542 is what MessageLabs says of a recipient that its customer has not registered.
const table: { readonly [code: number]: "hard" | "soft" } = { 542: "hard", 551: "hard", 553: "hard", 556: "hard" };

/** What the code of an SMTP reply says of the address; undefined where it says nothing of it. */
export function bounceByReply(words: string): "hard" | "soft" | undefined {
  const code = findReplyCode(words);
  return code === undefined ? undefined : table[code];
}
