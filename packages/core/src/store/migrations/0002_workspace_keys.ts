/**
 * Keys of a workspace's own, each for one purpose, sealed with the operator's. The hashes that the suppression list
 * held before were made without a key: whoever has the table can find the addresses behind them, and nothing but SQL
 * by hand could write one, so they go.
 */
export const workspaceKeys = /* sql */ `
create table workspace_keys (
  workspace_id integer not null references workspaces (id),
  purpose text not null,
  -- Envelope-encrypted like the secrets of connections; associated data is workspace + purpose.
  sealed jsonb not null,
  created_at timestamptz not null,
  primary key (workspace_id, purpose)
);

truncate suppressions;
comment on column suppressions.address_hash is
  'HMAC-SHA-256 of channel and normalised address with the workspace''s key: survives erasure.';
`;
