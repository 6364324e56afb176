import type { ActionCall } from "@wend/plugin";
import type { InputOf } from "./actions.ts";
import type { Api } from "./api.ts";
import { namesOf } from "./names.ts";
import { findByExternalId, userAnswer } from "./user.ts";

type OpenCall = ActionCall<InputOf<"openTicket">>;

/** Who asks, as a ticket names them. */
export type Requester =
  | { readonly requester: { readonly email: string; readonly name: string } }
  | { readonly requester_id: number };

/**
 * The customer as the ticket's requester. With an external id a user that has it already stays untouched, and one that
 * is new gets it, so that what Zendesk says of them later names your user.
 */
export async function findRequester(api: Api, call: OpenCall): Promise<Requester> {
  const { address: email, externalId } = namesOf(call);
  const name = call.input.requesterName?.trim() || email;
  if (externalId === undefined) return { requester: { email, name } };
  const known = await findByExternalId(api, externalId, call.signal);
  if (known !== undefined) return { requester_id: known.id };
  const { user } = await api(userAnswer, {
    method: "POST",
    path: "/api/v2/users/create_or_update",
    // Zendesk would write to the customer to have the address confirmed.
    body: { user: { name, email, external_id: externalId, skip_verify_email: true } },
    signal: call.signal,
  });
  return { requester_id: user.id };
}
