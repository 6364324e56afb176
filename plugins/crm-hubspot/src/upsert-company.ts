import type { Accepted, ActionCall } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { HubspotClient } from "./client.ts";
import type { manifest } from "./manifest.ts";
import { parseAnswer } from "./parse-answer.ts";
import { writeRecords } from "./record-batch.ts";
import type { Found } from "./search.ts";
import { search } from "./search.ts";
import { toTexts } from "./texts.ts";

type Call = ActionCall<z.infer<typeof manifest.actions.upsertCompany.input>>;
type Written = { id: string; created: boolean };

/** HubSpot's own `domain` is not unique and no key to write by; this property of ours is. */
export const COMPANY_KEY = "wend_domain";

/**
 * Writes the company with a domain. One that others have made is found by a search and given our key; that is all the
 * search is for: its index lags, and what makes a second company impossible is the unique key.
 */
export async function upsertCompany(client: HubspotClient, call: Call): Promise<Accepted<Written>> {
  const domain = call.input.domain.toLowerCase();
  const properties = { ...toTexts(call.input.properties), domain };
  const unkeyed = await findUnkeyed(client, domain, call.signal);
  const write = { domain, properties, call };
  const output = await (unkeyed === undefined ? upsertByKey(client, write) : adopt(client, unkeyed.id, write));
  return { providerId: `company:${output.id}`, output };
}

interface Write {
  readonly domain: string;
  readonly properties: { readonly [name: string]: string };
  readonly call: Call;
}

async function upsertByKey(client: HubspotClient, { domain, properties, call }: Write): Promise<Written> {
  const writes = [{ key: domain, properties, traceId: call.idempotencyKey }];
  const path = "/crm/v3/objects/companies/batch/upsert";
  const [written] = await writeRecords(client, { path, keyProperty: COMPANY_KEY, writes, signal: call.signal });
  if ("error" in written!) throw written.error;
  return written!;
}

async function adopt(client: HubspotClient, id: string, write: Write): Promise<Written> {
  const { domain, properties, call } = write;
  const path = `/crm/v3/objects/companies/${encodeURIComponent(id)}`;
  const body = { properties: { ...properties, [COMPANY_KEY]: domain } };
  try {
    const answer = await client.write({ method: "PATCH", path, body, signal: call.signal });
    return { id: parseAnswer(z.object({ id: z.string().min(1) }), answer).id, created: false };
  } catch (error) {
    // Another company got the key, or this one was deleted, since the index was written.
    if (error instanceof WendError && error.code === "provider.rejected") return upsertByKey(client, write);
    throw error;
  }
}

/** The oldest company of a domain, unless one of them has our key already. */
async function findUnkeyed(client: HubspotClient, domain: string, signal: AbortSignal): Promise<Found | undefined> {
  const isDomain = { propertyName: "domain", operator: "EQ" as const, value: domain };
  const companies = await search(client, {
    object: "companies",
    groups: [[isDomain], [{ ...isDomain, propertyName: COMPANY_KEY }]],
    sort: "createdate",
    properties: ["domain", COMPANY_KEY],
    limit: 100,
    signal,
  });
  const isKeyed = companies.some(({ properties }) => properties[COMPANY_KEY] === domain);
  return isKeyed ? undefined : companies[0];
}
