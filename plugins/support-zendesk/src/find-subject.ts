import type { SignalSubject } from "@wend/plugin";
import { matchEmailAddress, WendError } from "@wend/plugin";
import type { Api } from "./api.ts";
import type { Told } from "./told.ts";
import type { User } from "./user.ts";
import { userAnswer } from "./user.ts";

// A run's id and the number of its step: no other system gives a ticket such an external id.
const ourKey = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9]{1,9}$/;

const longestUserId = 256;

/** What finding the subject of a fact needs. */
export interface SubjectParts {
  readonly api: Api;
  readonly externalIdsAreUserIds: boolean;
  readonly signal: AbortSignal;
}

/**
 * Whom a fact is about: your user, by the requester's external id; else whoever we opened the ticket for; else the
 * requester's address. Undefined when Zendesk knows none of them.
 */
export async function findSubject(told: Told, parts: SubjectParts): Promise<SignalSubject | undefined> {
  const key = told.ticketKey !== undefined && ourKey.test(told.ticketKey) ? told.ticketKey : undefined;
  const requester = await findRequester(told, parts).catch((error: unknown) => {
    // The ticket says whose it is all the same.
    if (key !== undefined && error instanceof WendError) return undefined;
    throw error;
  });
  const userId = parts.externalIdsAreUserIds ? (requester?.external_id ?? "") : "";
  // Of an id that was cut nobody knows whose it is.
  if (userId !== "" && userId.length <= longestUserId) return { userId };
  if (key !== undefined) return { idempotencyKey: key };
  const address = matchEmailAddress(requester?.email ?? "");
  return address.ok ? { address: address.value.address, kind: "email" } : undefined;
}

// An event names the requester by Zendesk's own id alone; a trigger says all there is.
async function findRequester(told: Told, { api, signal }: SubjectParts): Promise<Omit<User, "id">> {
  const { requesterId, requesterExternalId: external_id, requesterEmail: email } = told;
  if (requesterId === undefined || !/^[0-9]{1,16}$/.test(requesterId)) return { external_id, email };
  return (await api(userAnswer, { path: `/api/v2/users/${requesterId}`, signal })).user;
}
