import type { SignalSubject } from "@wend/plugin";
import { z } from "zod";
import type { Change } from "./change.ts";
import type { HubspotClient } from "./client.ts";
import type { Config } from "./config.ts";
import { contactProviderId } from "./contacts.ts";
import { parseAnswer } from "./parse-answer.ts";

/** One of the customers whom a change is about. */
export interface Subject {
  readonly about: SignalSubject;
  readonly contactId: string;
}

/** Whom each change is about, in their order. A deal is about every contact it is associated with. */
export type Subjects = (changes: readonly Change[], signal: AbortSignal) => Promise<readonly (readonly Subject[])[]>;

/** The most ids that HubSpot takes in one of these requests. */
const MOST_CONTACTS = 100;
const MOST_DEALS = 1_000;
/** The longest that the host knows a customer by; of one that was cut, nobody knows whose it is. */
const LONGEST_USER_ID = 256;

export function createSubjects(client: HubspotClient, { userIdProperty }: Config): Subjects {
  return async (changes, signal) => {
    const idsOf = (object: string) => unique(changes.filter((c) => c.object === object).map((c) => c.objectId));
    const contactsOf = await contactsOfDeals(client, idsOf("deal"), signal);
    const contactIds = unique([...idsOf("contact"), ...contactsOf.values()].flat());
    const users = await userIds(client, { contactIds, property: userIdProperty, signal });
    const subject = (contactId: string): Subject => {
      const userId = users.get(contactId);
      return { contactId, about: userId === undefined ? { providerId: contactProviderId(contactId) } : { userId } };
    };
    return changes.map(({ object, objectId }) =>
      (object === "contact" ? [objectId] : (contactsOf.get(objectId) ?? [])).map(subject),
    );
  };
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];

const associations = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.string() }),
      to: z.array(z.object({ toObjectId: z.union([z.int(), z.string()]).transform(String) })),
    }),
  ),
});

async function contactsOfDeals(
  client: HubspotClient,
  dealIds: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string[]>> {
  const contacts = new Map<string, string[]>();
  const path = "/crm/v4/associations/0-3/0-1/batch/read";
  for (const ids of chunks(dealIds, MOST_DEALS)) {
    const body = { inputs: ids.map((id) => ({ id })) };
    // A deal without contacts is an error in HubSpot's answer, and none here.
    const { results } = parseAnswer(associations, await client.read({ method: "POST", path, body, signal }));
    for (const { from, to } of results) contacts.set(from.id, unique(to.map(({ toObjectId }) => toObjectId)));
  }
  return contacts;
}

const contactRecords = z.object({
  results: z.array(z.object({ id: z.string(), properties: z.record(z.string(), z.string().nullable()) })),
});

interface UsersAsked {
  readonly contactIds: readonly string[];
  readonly property: string | undefined;
  readonly signal: AbortSignal;
}

async function userIds(client: HubspotClient, { contactIds, property, signal }: UsersAsked) {
  const users = new Map<string, string>();
  if (property === undefined) return users;
  const path = "/crm/v3/objects/contacts/batch/read";
  for (const ids of chunks(contactIds, MOST_CONTACTS)) {
    const body = { inputs: ids.map((id) => ({ id })), properties: [property], propertiesWithHistory: [] };
    const { results } = parseAnswer(contactRecords, await client.read({ method: "POST", path, body, signal }));
    for (const { id, properties } of results) {
      const userId = properties[property] ?? "";
      if (userId !== "" && userId.length <= LONGEST_USER_ID) users.set(id, userId);
    }
  }
  return users;
}

function* chunks(ids: readonly string[], size: number): Generator<readonly string[]> {
  for (let start = 0; start < ids.length; start += size) yield ids.slice(start, start + size);
}
