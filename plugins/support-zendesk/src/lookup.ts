import type { LookupResult } from "@wend/plugin";
import { z } from "zod";
import type { Api } from "./api.ts";
import type { CommentTarget } from "./comment-target.ts";
import { findAudit } from "./find-audit.ts";
import { ticketSchema } from "./ticket.ts";

const ticketsAnswer = z.object({ tickets: z.array(ticketSchema) });

/** Makes `lookup`: a ticket carries its key as external id, a comment carries it in its audit. */
export function createLookup(api: Api, target: CommentTarget) {
  const findTicket = async (key: string, signal: AbortSignal): Promise<LookupResult> => {
    const query = new URLSearchParams({ external_id: key });
    const { tickets } = await api(ticketsAnswer, { path: `/api/v2/tickets?${query}`, signal });
    const found = tickets.find(({ external_id }) => external_id === key);
    return found === undefined ? { outcome: "absent" } : { outcome: "accepted", providerId: String(found.id) };
  };

  const findComment = async (key: string, signal: AbortSignal): Promise<LookupResult> => {
    const ticket = await target.find(key);
    if (ticket === undefined) return { outcome: "absent" };
    const found = await findAudit(api, { ticket, key, signal });
    return found.outcome === "found" ? { outcome: "accepted", providerId: found.id } : { outcome: found.outcome };
  };

  return async (key: string, action: string, signal: AbortSignal): Promise<LookupResult> => {
    if (action === "openTicket") return findTicket(key, signal);
    return action === "comment" ? findComment(key, signal) : { outcome: "unclear" };
  };
}
