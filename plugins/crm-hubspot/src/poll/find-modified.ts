import { WendError } from "@wend/plugin";
import type { ObjectKind } from "../change.ts";
import { objects } from "../change.ts";
import type { HubspotClient } from "../client.ts";
import type { Filter, Found } from "../search.ts";
import { search } from "../search.ts";
import type { ObjectCursor } from "./poll-cursor.ts";

/** As many as HubSpot tells the history of in one request. */
export const PAGE_SIZE = 50;

/**
 * The next page of records that were changed. Pages follow one another by time, and within one instant by id, never by
 * an offset: a record that is changed meanwhile would shift it, and HubSpot's end after 10,000.
 */
export async function findModified(
  client: HubspotClient,
  object: ObjectKind,
  { cursor, signal }: { readonly cursor: ObjectCursor; readonly signal: AbortSignal },
): Promise<readonly Found[]> {
  const { path, modified } = objects[object];
  const { at, tie } = cursor;
  const value = String(at);
  const since: Filter = { propertyName: modified, operator: "GTE", value };
  const within: Filter = { propertyName: modified, operator: "BETWEEN", value, highValue: value };
  const after: Filter = { propertyName: "hs_object_id", operator: "GT", value: tie ?? "0" };
  return search(client, {
    object: path,
    groups: [tie === undefined ? [since] : [within, after]],
    sort: tie === undefined ? modified : "hs_object_id",
    properties: [modified],
    limit: PAGE_SIZE,
    signal,
  });
}

/** When a record was changed last. */
export function modifiedAt(object: ObjectKind, { properties }: Found): number {
  const at = Date.parse(properties[objects[object].modified] ?? "");
  // Without it nobody can say where to go on.
  if (Number.isNaN(at)) throw new WendError("provider.unavailable", { detail: "A record was found without its time." });
  return at;
}
