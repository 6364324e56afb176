import { createHash } from "node:crypto";
import type { HeardByVisit } from "./heard-by-visit.ts";
import { invalidLink } from "./page.ts";
import type { Visit } from "./visit.ts";
import { notAllowed, openToken, seen } from "./visit.ts";

const longestUrl = 2_000;

/** Leads where the signed link says and nowhere else. Whoever only asks where (HEAD) has not clicked. */
export function serveClick(visit: Visit): HeardByVisit {
  const { method } = visit.request;
  if (method !== "GET" && method !== "HEAD") return notAllowed();
  const carried = openToken(visit, "click");
  const target = websiteOf(carried?.u);
  if (target === undefined) return { response: invalidLink() };
  const response = new Response(null, { status: 302, headers: { location: target, "cache-control": "no-store" } });
  if (method === "HEAD") return { response };
  const link = createHash("sha256").update(target).digest("base64url").slice(0, 16);
  const said = seen(visit, carried!, `clicked:${link}`);
  return { response, receipts: [{ kind: "clicked", ...said, ...(target.length <= longestUrl && { url: target }) }] };
}

/** As a header takes it, and as a browser reads it: a token may hold any text that an author has written as a link. */
function websiteOf(written: string | undefined): string | undefined {
  const url = written === undefined ? null : URL.parse(written);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
