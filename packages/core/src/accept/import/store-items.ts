import { uuidv7 } from "../../ids.ts";
import { joinedJson, plainArray, textArray, timeArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import { claimMessageIds } from "../append/claim-message-ids.ts";
import { payloadText } from "../event.ts";
import type { HistoryItem } from "./history-item.ts";

/** An item and whose it is. */
export interface OwnedItem {
  readonly item: HistoryItem;
  readonly profileId: string;
}

/** Stores items as events, without inbox rows, and gives back those that were not known, in the order given. */
export async function storeItems(tx: Tx, owned: readonly OwnedItem[]): Promise<OwnedItem[]> {
  const messageIds = owned.map(({ item }) => item.messageId);
  const unknown = await claimMessageIds(tx, messageIds);
  const fresh = owned.filter(({ item }) => unknown.has(item.messageId));
  // One order in all processes is not needed here: nobody else can be storing what was claimed.
  await tx.run(sql, [
    tx.workspaceId,
    textArray(fresh.map(({ item }) => item.messageId)),
    timeArray(fresh.map(({ item }) => item.receivedAt)),
    plainArray(fresh.map(({ item }) => item.id ?? uuidv7(tx.now))),
    plainArray(fresh.map(({ profileId }) => profileId)),
    textArray(fresh.map(({ item }) => item.name)),
    plainArray(fresh.map(({ item }) => item.kind)),
    timeArray(fresh.map(({ item }) => item.occurredAt)),
    joinedJson(fresh.map(({ item }) => payloadText(item))),
  ]);
  return fresh;
}

const sql = /* sql */ `
insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
select $1, i.profile_id, i.name, to_timestamp(i.received_at), i.id, i.kind, to_timestamp(i.occurred_at), i.message_id, i.payload::jsonb
from unnest($2::text[], $3::float8[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::float8[], string_to_array($9, E'\\x01'))
  as i (message_id, received_at, id, profile_id, name, kind, occurred_at, payload)`;
