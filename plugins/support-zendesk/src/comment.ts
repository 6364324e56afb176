import type { Accepted, ActionCall } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { InputOf, Touched } from "./actions.ts";
import type { Api } from "./api.ts";
import { commentBody } from "./comment-body.ts";
import type { CommentTarget } from "./comment-target.ts";
import { findAudit } from "./find-audit.ts";
import type { FindTicket } from "./find-ticket.ts";
import { loadTicket } from "./find-ticket.ts";
import { auditSchema, metadataOf } from "./metadata.ts";
import type { Ticket } from "./ticket.ts";
import { refuseClosed, ticketSchema } from "./ticket.ts";

type CommentCall = ActionCall<InputOf<"comment">>;
type Commented = Accepted<Touched>;

const updateAnswer = z.object({ ticket: ticketSchema, audit: auditSchema.optional() });

/** What the handler of `comment` works with. */
export interface CommentParts {
  readonly api: Api;
  readonly findTicket: FindTicket;
  readonly target: CommentTarget;
}

/** Makes the handler of `comment`. */
export function createComment({ api, findTicket, target }: CommentParts) {
  const findEarlier = async (call: CommentCall, ticket: Ticket): Promise<Commented | undefined> => {
    const { idempotencyKey: key, signal } = call;
    const found = await findAudit(api, { ticket: String(ticket.id), key, signal });
    if (found.outcome === "absent") return undefined;
    if (found.outcome === "found") return { providerId: found.id, output: touchedOf(ticket) };
    throw new WendError("provider.unknown_outcome", { detail: "The ticket was changed too often since." });
  };

  const write = async (call: CommentCall, { id, updated_at }: Ticket): Promise<Commented> => {
    const { ticket, audit } = await api(updateAnswer, {
      method: "PUT",
      path: `/api/v2/tickets/${id}`,
      // Only as it was read: a comment of an earlier attempt that has arrived meanwhile makes it a 409.
      body: {
        ticket: {
          comment: commentBody(call.input),
          metadata: metadataOf(call),
          updated_stamp: updated_at,
          safe_update: true,
        },
      },
      signal: call.signal,
      acts: true,
    });
    return { ...(audit && { providerId: String(audit.id) }), output: touchedOf(ticket) };
  };

  return async (call: CommentCall): Promise<Commented> => {
    const kept = await target.find(call.idempotencyKey);
    // Read before the audits: what is written after it changes the stamp.
    const ticket = await (kept === undefined ? findTicket(call) : loadTicket(api, kept, call.signal));
    const earlier = kept === undefined ? undefined : await findEarlier(call, ticket);
    if (earlier !== undefined) return earlier;
    refuseClosed(ticket);
    if (kept === undefined) await target.keep(call.idempotencyKey, String(ticket.id));
    return write(call, ticket);
  };
}

const touchedOf = ({ id, status }: Ticket): Touched => ({ ticket: String(id), status });
