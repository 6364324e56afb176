/** What comes in through connections: receipts, signals, what a plugin keeps, attachments. */
export const incoming = /* sql */ `
-- The operator's word that webhooks without a signature are taken for genuine.
alter table connections add column accepts_unsigned boolean not null default false;

-- A connection is found by its id alone when a provider or a browser names it.
create index connections_by_id on connections (id);
-- Those of a plugin that polls: one that was never asked stands nowhere else.
create index connections_by_plugin on connections (plugin);

-- Names of the events that the version reads: receipts that nobody listens to wake nobody. Null: nobody knows.
alter table journey_versions add column listens text[];

-- The receipt that counts so far, folded by rank; what the handler returned, where the action keeps it.
alter table deliveries
  add column receipt text,
  add column receipt_rank smallint not null default 0,
  add column receipt_at timestamptz,
  add column output jsonb;
create index deliveries_by_provider on deliveries (workspace_id, connection_id, provider_id)
  where provider_id is not null;
create index deliveries_by_address on deliveries (workspace_id, connection_id, address, id)
  where address is not null;

-- Webhooks that were taken: the very same request is refused. Kept as long as message ids.
create table webhook_nonces (
  workspace_id integer not null,
  connection_id uuid not null,
  -- SHA-256 of what the plugin says is the same only for the same request.
  nonce bytea not null,
  -- Of the request that took it: when the answer to its commit is lost, its next attempt finds its own.
  request uuid not null,
  at timestamptz not null,
  primary key (workspace_id, connection_id, nonce)
);
create index webhook_nonces_by_age on webhook_nonces using brin (at);

-- Receipts and signals about a delivery that has not been recorded yet; looked at again until found, for a day.
create table parked_facts (
  workspace_id integer not null,
  connection_id uuid not null,
  -- The message id that it is stored under once it is matched.
  id text not null,
  fact jsonb not null,
  parked_at timestamptz not null,
  look_at timestamptz not null,
  primary key (workspace_id, connection_id, id)
);
create index parked_facts_due on parked_facts (look_at);

-- What a plugin keeps between calls.
create table connection_state (
  workspace_id integer not null,
  connection_id uuid not null,
  key text not null,
  value text not null,
  updated_at timestamptz not null,
  primary key (workspace_id, connection_id, key)
);

-- Connections that are asked for what is new, and where to go on.
create table polls (
  workspace_id integer not null,
  connection_id uuid not null,
  cursor text,
  due_at timestamptz not null,
  -- Counted with every claim: the fence of the write that ends it.
  claim integer not null default 0,
  error jsonb,
  primary key (workspace_id, connection_id)
);
create index polls_due on polls (due_at);

-- Attachments by reference. The id is the SHA-256 of the bytes, so that one file is stored once.
create table blobs (
  workspace_id integer not null,
  id text not null,
  name text not null,
  content_type text not null,
  bytes bytea not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
`;
