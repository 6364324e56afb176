import type { Accepted, ActionCall } from "@wend/plugin";
import { z } from "zod";
import type { InputOf, Touched } from "./actions.ts";
import type { Api } from "./api.ts";
import type { FindTicket } from "./find-ticket.ts";
import { tagsOf } from "./tags.ts";
import { refuseClosed } from "./ticket.ts";

/** Makes the handler of `tag`. */
export function createTag(api: Api, findTicket: FindTicket) {
  return async (call: ActionCall<InputOf<"tag">>): Promise<Accepted<Touched>> => {
    const ticket = await findTicket(call);
    refuseClosed(ticket);
    const path = `/api/v2/tickets/${ticket.id}/tags`;
    const change = async (method: "PUT" | "DELETE", tags: readonly string[]) => {
      if (tags.length === 0) return;
      await api(z.unknown(), { method, path, body: { tags }, signal: call.signal, acts: true });
    };
    await change("PUT", tagsOf(call.input.add));
    await change("DELETE", tagsOf(call.input.remove));
    return { output: { ticket: String(ticket.id), status: ticket.status } };
  };
}
