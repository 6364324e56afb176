import type { HeardByVisit } from "./heard-by-visit.ts";
import { invalidLink, pageOf } from "./page.ts";
import type { Visit } from "./visit.ts";
import { notAllowed, openToken } from "./visit.ts";

/**
 * Asks whoever follows the link, and takes the word of whoever posts: scanners follow links, mailboxes post with one
 * click (RFC 8058).
 */
export function serveUnsubscribe(visit: Visit): HeardByVisit {
  const { method } = visit.request;
  if (!["GET", "HEAD", "POST"].includes(method)) return notAllowed();
  const carried = openToken(visit, "unsubscribe");
  if (carried === undefined) return { response: invalidLink() };
  if (method !== "POST") return { response: question() };
  const at = visit.host.now();
  // Who came back in between leaves again by the same mail; a button that is hit twice is one word.
  const id = `unsubscribed:${carried.d}:${Math.floor(at / 1_000)}`;
  return { response: done(), receipts: [{ kind: "unsubscribed", about: { deliveryId: carried.d }, id, at }] };
}

const question = () =>
  pageOf({
    title: "Unsubscribe",
    body: `<p>Do you want to stop getting these e-mails?</p>
<form method="post"><button type="submit">Unsubscribe</button></form>`,
  });

const done = () =>
  pageOf({ title: "You are unsubscribed", body: `<p role="status">You will get no more of these e-mails.</p>` });
