import type { ActionCall, PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { Api } from "./api.ts";
import { findOpened } from "./find-opened.ts";
import { namesOf } from "./names.ts";
import { findRequested } from "./requested.ts";
import type { Ticket } from "./ticket.ts";
import { isOpen, ticketAnswer } from "./ticket.ts";
import { findUser } from "./user.ts";

/** A call that acts on a ticket. */
export type TicketCall = ActionCall<{ readonly ticket: string; readonly externalId?: string | undefined }>;

/** Finds the ticket that a call means, as it is now. Throws when there is none. */
export type FindTicket = (call: TicketCall) => Promise<Ticket>;

export function createFindTicket(api: Api, host: Pick<PluginHost, "deliveries">): FindTicket {
  const findOwn = async (call: TicketCall, fits: (ticket: Ticket) => boolean): Promise<Ticket | undefined> => {
    const { signal } = call;
    const user = await findUser(api, namesOf(call), signal);
    return user && findRequested(api, { userId: user.id, signal }, fits);
  };

  const loadOpened = async (call: TicketCall): Promise<Ticket> => {
    const opened = await findOpened(host.deliveries, call.profileId, call.signal);
    if (opened?.kind === "ticket") return loadTicket(api, opened.id, call.signal);
    // The run's own: its tickets carry keys that begin like this one.
    const run = call.idempotencyKey.slice(0, call.idempotencyKey.lastIndexOf(":") + 1);
    const found = opened && (await findOwn(call, ({ external_id }) => external_id?.startsWith(run) === true));
    return found ?? noTicket("No ticket of the customer is known that this connection opened.");
  };

  return async (call) => {
    const { ticket } = call.input;
    if (call.signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before the request." });
    if (ticket === "opened") return loadOpened(call);
    if (ticket !== "latestOpen") return loadTicket(api, ticket, call.signal);
    return (await findOwn(call, isOpen)) ?? noTicket("The customer has no ticket that is not solved.");
  };
}

export async function loadTicket(api: Api, id: string, signal: AbortSignal): Promise<Ticket> {
  // A template that rendered to another template has come this far.
  if (!/^[1-9][0-9]{0,15}$/.test(id)) throw new WendError("input.invalid", { detail: "ticket: it is no number." });
  const { ticket } = await api(ticketAnswer, { path: `/api/v2/tickets/${id}`, signal });
  return ticket;
}

function noTicket(detail: string): never {
  throw new WendError("provider.rejected", { detail });
}
