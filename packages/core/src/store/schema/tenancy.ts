import { big, bytes, instant, int, json, orNull, small, text, texts, uuid } from "./column.ts";

/** Workspaces, who may act for them, and what they are connected to. */
export const tenancy = {
  schema_migrations: {
    version: int,
    name: text,
    applied_at: instant,
  },
  workspaces: {
    id: int,
    slug: text,
    name: text,
    shards: small,
    created_at: instant,
  },
  api_keys: {
    workspace_id: int,
    id: text,
    kind: text,
    name: text,
    secret_hash: bytes,
    scopes: texts,
    allow: json,
    created_at: instant,
    expires_at: orNull(instant),
    revoked_at: orNull(instant),
  },
  connections: {
    workspace_id: int,
    id: uuid,
    key: text,
    plugin: text,
    channel: text,
    config: json,
    secrets: json,
    on_unknown: orNull(text),
    concurrency: small,
    rate_per_second: orNull(int),
    rate_at: orNull(instant),
    created_at: instant,
    updated_at: instant,
  },
  imports: {
    workspace_id: int,
    id: text,
    file_hash: text,
    map: text,
    line: big,
    rejected: big,
    updated_at: instant,
  },
};
