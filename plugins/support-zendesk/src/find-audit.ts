import { z } from "zod";
import type { Api } from "./api.ts";
import { auditSchema } from "./metadata.ts";

const PAGE = 25;
const MOST_PAGES = 4;

const pageAnswer = z.object({
  audits: z.array(auditSchema),
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).optional(),
});

/** Which change of which ticket is looked for. */
export interface AuditAsked {
  readonly ticket: string;
  readonly key: string;
  readonly signal: AbortSignal;
}

/** `unclear` where the ticket was changed so often since that not all of it was read. */
export type FoundAudit =
  | { readonly outcome: "found"; readonly id: string }
  | { readonly outcome: "absent" | "unclear" };

/** The change that a key has made to a ticket, looked for from the newest on. */
export async function findAudit(api: Api, { ticket, key, signal }: AuditAsked): Promise<FoundAudit> {
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({
      "page[size]": String(PAGE),
      sort: "-created_at",
      ...(after && { "page[after]": after }),
    });
    const { audits, meta } = await api(pageAnswer, { path: `/api/v2/tickets/${ticket}/audits?${query}`, signal });
    const found = audits.find(({ metadata }) => metadata?.custom?.wend_key === key);
    if (found !== undefined) return { outcome: "found", id: String(found.id) };
    if (meta?.has_more !== true || !meta.after_cursor) return { outcome: "absent" };
    after = meta.after_cursor;
  }
  return { outcome: "unclear" };
}
