import { z } from "zod";
import type { Change, ObjectKind } from "../change.ts";
import { objects } from "../change.ts";
import type { HubspotClient } from "../client.ts";
import { parseAnswer } from "../parse-answer.ts";

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const version = z.object({ value: z.string().nullable().default(""), timestamp: instant });

const records = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      createdAt: instant,
      propertiesWithHistory: z.record(z.string(), z.array(version)).default({}),
    }),
  ),
});

export interface HistoryAsked {
  readonly object: ObjectKind;
  readonly ids: readonly string[];
  readonly properties: readonly string[];
  /** What happened earlier is left out. */
  readonly from: number;
  readonly signal: AbortSignal;
}

/** What has happened to records, oldest first. A search tells only what they are now. */
export async function loadHistory(client: HubspotClient, asked: HistoryAsked): Promise<readonly Change[]> {
  const { object, ids, properties, from, signal } = asked;
  if (ids.length === 0) return [];
  const path = `/crm/v3/objects/${objects[object].path}/batch/read`;
  const body = { inputs: ids.map((id) => ({ id })), properties: [], propertiesWithHistory: properties };
  const { results } = parseAnswer(records, await client.read({ method: "POST", path, body, signal }));
  const all = results.flatMap(({ id, createdAt, propertiesWithHistory }): Change[] => [
    { object, objectId: id, kind: "created", at: createdAt },
    ...Object.entries(propertiesWithHistory).flatMap(([property, versions]) =>
      versions.map(({ value, timestamp }) => ({
        object,
        objectId: id,
        kind: "changed" as const,
        at: timestamp,
        property,
        value: value ?? "",
      })),
    ),
  ]);
  return all.filter(({ at }) => at >= from).toSorted((a, b) => a.at - b.at);
}
