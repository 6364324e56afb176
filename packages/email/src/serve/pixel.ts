import type { HeardByVisit } from "./heard-by-visit.ts";
import { invalidLink } from "./page.ts";
import type { Visit } from "./visit.ts";
import { notAllowed, openToken, seen } from "./visit.ts";

const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** One transparent pixel, and the word that the mail was opened. */
export function servePixel(visit: Visit): HeardByVisit {
  const { method } = visit.request;
  if (method !== "GET" && method !== "HEAD") return notAllowed();
  const carried = openToken(visit, "open");
  if (carried === undefined) return { response: invalidLink() };
  const headers = { "content-type": "image/gif", "cache-control": "no-store" };
  const response = new Response(method === "HEAD" ? null : gif, { headers });
  return { response, receipts: [{ kind: "opened", ...seen(visit, carried, "opened") }] };
}
