import type { Accepted, ActionCall } from "@wend/plugin";
import type { InputOf, Touched } from "./actions.ts";
import type { Api } from "./api.ts";
import type { FindTicket } from "./find-ticket.ts";
import { refuseClosed, ticketAnswer } from "./ticket.ts";

/** Makes the handler of `solve`. */
export function createSolve(api: Api, findTicket: FindTicket) {
  return async (call: ActionCall<InputOf<"solve">>): Promise<Accepted<Touched>> => {
    const found = await findTicket(call);
    refuseClosed(found);
    const id = String(found.id);
    if (found.status === "solved") return { output: { ticket: id, status: "solved" } };
    const { ticket } = await api(ticketAnswer, {
      method: "PUT",
      path: `/api/v2/tickets/${id}`,
      body: { ticket: { status: "solved" } },
      signal: call.signal,
      acts: true,
    });
    return { output: { ticket: id, status: ticket.status } };
  };
}
