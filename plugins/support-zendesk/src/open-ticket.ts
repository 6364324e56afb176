import type { Accepted, ActionCall } from "@wend/plugin";
import type { InputOf, Touched } from "./actions.ts";
import type { Api } from "./api.ts";
import { commentBody } from "./comment-body.ts";
import { metadataOf } from "./metadata.ts";
import type { Requester } from "./requester.ts";
import { findRequester } from "./requester.ts";
import { tagsOf } from "./tags.ts";
import { ticketAnswer } from "./ticket.ts";

type OpenCall = ActionCall<InputOf<"openTicket">>;

/** Makes the handler of `openTicket`. */
export function createOpenTicket(api: Api) {
  return async (call: OpenCall): Promise<Accepted<Touched>> => {
    const requester = await findRequester(api, call);
    const { ticket } = await api(ticketAnswer, {
      method: "POST",
      path: "/api/v2/tickets",
      idempotencyKey: call.idempotencyKey,
      body: { ticket: compose(call, requester) },
      signal: call.signal,
      acts: true,
    });
    const id = String(ticket.id);
    return { providerId: id, output: { ticket: id, status: ticket.status } };
  };
}

function compose(call: OpenCall, requester: Requester) {
  const { subject, priority, type, tags, customFields } = call.input;
  return {
    subject: subject.replace(/\s+/g, " ").trim(),
    comment: commentBody(call.input),
    external_id: call.idempotencyKey,
    metadata: metadataOf(call),
    ...requester,
    ...(priority === undefined ? undefined : { priority }),
    ...(type === undefined ? undefined : { type }),
    ...(tags === undefined ? undefined : { tags: tagsOf(tags) }),
    ...(customFields === undefined
      ? undefined
      : { custom_fields: Object.entries(customFields).map(([id, value]) => ({ id: Number(id), value })) }),
  };
}
