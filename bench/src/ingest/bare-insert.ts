import { shardOf, uuidv7 } from "@wend/core";
import pg from "pg";
import { plainArray, textArray } from "../shared/arrays.ts";
import type { BareSetup } from "./bare-process.ts";

export interface BareEvent {
  readonly userId: string;
  readonly event: string;
  readonly messageId: string;
  readonly timestamp: string;
  readonly properties: object;
  readonly context: object;
}

export interface BareInsert {
  /** Resolves after the commit. */
  write(events: readonly BareEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** The same rows as accept writes, by one statement, past row-level security; who is who is remembered in memory. */
export async function openBareInsert({ databaseUrl, workspaceId, shards }: BareSetup): Promise<BareInsert> {
  const client = new pg.Client({ connectionString: databaseUrl, options: "-c plan_cache_mode=force_custom_plan" });
  await client.connect();
  const profiles = new Map<string, string>();
  return {
    write: async (events) => {
      const now = Date.now();
      const created: { userId: string; profileId: string }[] = [];
      const profileIds = events.map(({ userId }) => {
        const known = profiles.get(userId);
        if (known !== undefined) return known;
        const profileId = uuidv7(now);
        profiles.set(userId, profileId);
        created.push({ userId, profileId });
        return profileId;
      });
      await client.query(statement, [
        workspaceId,
        now / 1000,
        textArray(created.map(({ userId }) => userId)),
        plainArray(created.map(({ profileId }) => profileId)),
        textArray(events.map(({ messageId }) => messageId)),
        plainArray(events.map(() => uuidv7(now))),
        plainArray(profileIds),
        plainArray(profileIds.map((id) => shardOf(id, shards))),
        textArray(events.map(({ event }) => event)),
        plainArray(events.map(({ timestamp }) => Date.parse(timestamp) / 1000)),
        textArray(events.map(({ properties, context }) => JSON.stringify({ properties, context }))),
      ]);
    },
    close: () => client.end(),
  };
}

const statement = /* sql */ `
with created as (
  insert into profiles (workspace_id, id, created_at, updated_at)
  select $1, id, to_timestamp($2), to_timestamp($2) from unnest($4::uuid[]) as id
), named as (
  insert into identities (workspace_id, kind, value, profile_id)
  select $1, 'user_id', value, profile_id from unnest($3::text[], $4::uuid[]) as n (value, profile_id)
), deduped as (
  insert into message_ids (workspace_id, id, received_at)
  select $1, id, to_timestamp($2) from unnest($5::text[]) as id
), incoming as (
  select * from unnest($5::text[], $6::uuid[], $7::uuid[], $8::smallint[], $9::text[], $10::float8[], $11::jsonb[])
    as e (message_id, id, profile_id, shard, name, occurred_at, payload)
), stored as (
  insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
  select $1, profile_id, name, to_timestamp($2), id, 'track', to_timestamp(occurred_at), message_id, payload
  from incoming
)
insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, name)
select $1, shard, to_timestamp($2), id, profile_id, 'event', name from incoming`;
