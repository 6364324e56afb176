import { WendError } from "@wend/plugin";
import { uuidv7 } from "../../ids.ts";
import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import { claimMessageIds } from "../append/claim-message-ids.ts";
import { resolveProfiles } from "../identity/resolve-profiles.ts";
import { appendConsentEvents } from "./append-consent-events.ts";
import type { PendingChange } from "./change.ts";
import type { DatedChange } from "./write-changes.ts";
import { writeChanges } from "./write-changes.ts";

/** Writes changes of consent with their events; gives back the shard of each profile. */
export async function writeConsents(tx: Tx, shards: number, changes: readonly PendingChange[]): Promise<number[]> {
  const profileIds = await profilesOf(tx, changes);
  const fresh = await claimMessageIds(
    tx,
    changes.map(({ messageId }) => messageId),
  );
  const dated = changes
    .map((change, i): DatedChange => {
      const { channel, purpose, topic = "*", state, source, detail = null, messageId } = change;
      const profileId = profileIds[i]!;
      return { id: uuidv7(tx.now), messageId, profileId, channel, purpose, topic, state, at: tx.now, source, detail };
    })
    .filter(({ messageId }) => fresh.has(messageId));
  if (dated.length === 0) return [];
  await writeChanges(tx, dated);
  return appendConsentEvents(tx, shards, dated);
}

async function profilesOf(tx: Tx, changes: readonly PendingChange[]): Promise<string[]> {
  await requireProfiles(
    tx,
    changes.flatMap(({ profileId }) => profileId ?? []),
  );
  const byUser = changes.flatMap(({ profileId, userId }) =>
    profileId === undefined ? { userId: userId!, anonymousId: null } : [],
  );
  const resolved = byUser.length > 0 ? await resolveProfiles(tx, byUser) : [];
  let next = 0;
  return changes.map(({ profileId }) => profileId ?? resolved[next++]!);
}

async function requireProfiles(tx: Tx, profileIds: readonly string[]): Promise<void> {
  if (profileIds.length === 0) return;
  const rows = await tx.rows<{ id: string }>(
    `select p.id from unnest($2::uuid[]) as n (id) cross join lateral (
       select id from profiles where workspace_id = $1 and id = n.id offset 0) p`,
    [tx.workspaceId, plainArray(profileIds)],
  );
  const found = new Set(rows.map(({ id }) => id));
  const missing = profileIds.find((id) => !found.has(id));
  if (missing !== undefined) throw new WendError("profile.not_found", { detail: missing });
}
