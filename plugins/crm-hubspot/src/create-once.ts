import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { HubspotClient } from "./client.ts";
import { parseAnswer } from "./parse-answer.ts";

/** Holds the delivery's key, with unique values: HubSpot refuses a second record of it. */
export const DELIVERY_KEY = "wend_delivery_key";

export interface NewRecord {
  readonly object: "tasks" | "notes";
  readonly key: string;
  readonly properties: { readonly [name: string]: string };
  /** What it is associated with, and HubSpot's number of that kind of association. */
  readonly to: { readonly id: string; readonly associationTypeId: number };
  readonly signal: AbortSignal;
}

const record = z.object({ id: z.string().min(1) });

/** Creates a record, or finds the one that an earlier attempt has created. */
export async function createOnce(client: HubspotClient, asked: NewRecord): Promise<string> {
  const { object, key, properties, to, signal } = asked;
  const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: to.associationTypeId }];
  const body = {
    properties: { ...properties, [DELIVERY_KEY]: key },
    associations: [{ to: { id: to.id }, types }],
  };
  try {
    const created = await client.write({ method: "POST", path: `/crm/v3/objects/${object}`, body, signal });
    return parseAnswer(record, created).id;
  } catch (error) {
    if (!(error instanceof WendError) || error.code !== "provider.rejected") throw error;
    // Refused perhaps because it is there: an earlier attempt came through after it had been asked about.
    const earlier = await findByKey(client, asked);
    if (earlier === undefined) throw error;
    return earlier;
  }
}

/** The record of a key. It is read from HubSpot's store, not from the search index, which lags behind. */
export async function findByKey(
  client: HubspotClient,
  { object, key, signal }: Pick<NewRecord, "object" | "key" | "signal">,
): Promise<string | undefined> {
  const path = `/crm/v3/objects/${object}/${encodeURIComponent(key)}?idProperty=${DELIVERY_KEY}`;
  const found = await client.find({ method: "GET", path, signal });
  return found === undefined ? undefined : parseAnswer(record, found).id;
}
