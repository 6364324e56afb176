import { z } from "zod";
import type { HubspotClient } from "./client.ts";
import { parseAnswer } from "./parse-answer.ts";

export interface Filter {
  readonly propertyName: string;
  readonly operator: "EQ" | "GT" | "GTE" | "BETWEEN";
  readonly value: string;
  readonly highValue?: string;
}

export interface Search {
  /** `contacts` */
  readonly object: string;
  /** A record is found when all filters of one group hold. */
  readonly groups: readonly (readonly Filter[])[];
  /** Ascending. */
  readonly sort: string;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly signal: AbortSignal;
}

const found = z.object({
  results: z.array(z.object({ id: z.string().min(1), properties: z.record(z.string(), z.string().nullable()) })),
});

export type Found = z.infer<typeof found>["results"][number];

/** The first records that a search finds. Its index lags some seconds behind what was written. */
export async function search(client: HubspotClient, asked: Search): Promise<readonly Found[]> {
  const { object, groups, sort, properties, limit, signal } = asked;
  const filterGroups = groups.map((filters) => ({ filters }));
  const body = { filterGroups, sorts: [sort], properties, limit, after: "0" };
  const path = `/crm/v3/objects/${object}/search`;
  return parseAnswer(found, await client.read({ method: "POST", path, body, signal })).results;
}
