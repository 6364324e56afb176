import { uuidv7 } from "../../ids.ts";
import { plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import { payloadText } from "../event.ts";
import type { HistoryItem } from "./history-item.ts";

/** An item and whose it is. */
export interface OwnedItem {
  readonly item: HistoryItem;
  readonly profileId: string;
}

/** Stores items as events, without inbox rows, and gives back those that were not known, in the order given. */
export async function storeItems(tx: Tx, owned: readonly OwnedItem[]): Promise<OwnedItem[]> {
  const rows = owned.map((one) => ({ ...one, id: one.item.id ?? uuidv7(tx.now) }));
  rows.sort((a, b) => (a.item.messageId < b.item.messageId ? -1 : 1));
  const stored = await tx.rows<{ message_id: string }>(sql, [
    tx.workspaceId,
    textArray(rows.map(({ item }) => item.messageId)),
    timeArray(rows.map(({ item }) => item.receivedAt)),
    plainArray(rows.map(({ id }) => id)),
    plainArray(rows.map(({ profileId }) => profileId)),
    textArray(rows.map(({ item }) => item.name)),
    plainArray(rows.map(({ item }) => item.kind)),
    timeArray(rows.map(({ item }) => item.occurredAt)),
    textArray(rows.map(({ item }) => payloadText(item))),
  ]);
  const fresh = new Set(stored.map((row) => row.message_id));
  return owned.filter(({ item }) => fresh.has(item.messageId));
}

const sql = /* sql */ `
with incoming as (
  select * from unnest($2::text[], $3::float8[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::float8[], $9::jsonb[])
    as i (message_id, received_at, id, profile_id, name, kind, occurred_at, payload)
), fresh as (
  insert into message_ids (workspace_id, id, received_at)
  select $1, message_id, to_timestamp(received_at) from incoming
  on conflict do nothing
  returning id
), stored as (
  insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
  select $1, i.profile_id, i.name, to_timestamp(i.received_at), i.id, i.kind, to_timestamp(i.occurred_at), i.message_id, i.payload
  from incoming i join fresh on fresh.id = i.message_id
)
select id as message_id from fresh`;
