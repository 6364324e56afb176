import { z } from "zod";
import type { Api } from "./api.ts";
import type { Ticket } from "./ticket.ts";
import { ticketSchema } from "./ticket.ts";

// A ticket carries its whole first comment: a page of 100 could be more than an answer may hold.
const PAGE = 25;
const MOST_PAGES = 4;

const pageAnswer = z.object({
  tickets: z.array(ticketSchema),
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).optional(),
});

/** Whose tickets are asked for. */
export interface RequestedAsked {
  readonly userId: number;
  readonly signal: AbortSignal;
  readonly acts?: boolean;
}

/** A customer's newest tickets, a page at a time; read from the tickets themselves, not from the search index. */
export async function* pagesOfRequested(
  api: Api,
  { userId, ...request }: RequestedAsked,
): AsyncGenerator<{ readonly tickets: readonly Ticket[]; readonly more: boolean }> {
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({
      "page[size]": String(PAGE),
      sort: "-id",
      ...(after && { "page[after]": after }),
    });
    const path = `/api/v2/users/${userId}/tickets/requested?${query}`;
    const { tickets, meta } = await api(pageAnswer, { path, ...request });
    after = meta?.has_more === true ? (meta.after_cursor ?? undefined) : undefined;
    yield { tickets, more: after !== undefined };
    if (after === undefined) return;
  }
}

/** The newest of a customer's tickets that fits. */
export async function findRequested(
  api: Api,
  asked: RequestedAsked,
  fits: (ticket: Ticket) => boolean,
): Promise<Ticket | undefined> {
  for await (const { tickets } of pagesOfRequested(api, asked)) {
    const found = tickets.find(fits);
    if (found !== undefined) return found;
  }
  return undefined;
}
