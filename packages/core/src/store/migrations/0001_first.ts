/** The first schema: tenancy, ingest, journeys, runs, deliveries. Comments say what must stay true. */
export const first = /* sql */ `
create table workspaces (
  id integer generated always as identity primary key,
  slug text not null unique,
  name text not null,
  -- Fixed when the workspace is made: a profile's shard is its id's last bits modulo this count.
  shards smallint not null default 16 check (shards in (1, 2, 4, 8, 16, 32, 64, 128, 256)),
  created_at timestamptz not null default now()
);

create table api_keys (
  workspace_id integer not null references workspaces (id),
  id text not null,
  kind text not null check (kind in ('pub', 'srv')),
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  -- What a pub_ key may send: {"events": ["Page Viewed"], "traits": ["plan"]}.
  allow jsonb not null default '{}',
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
create unique index api_keys_by_id on api_keys (id);

create table profiles (
  workspace_id integer not null,
  id uuid not null,
  traits jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
) with (fillfactor = 80);

create table identities (
  workspace_id integer not null,
  kind text not null,
  value text not null,
  profile_id uuid not null,
  primary key (workspace_id, kind, value)
);
create index identities_by_profile on identities (workspace_id, profile_id);

-- Deduplication apart from events, so that events can be partitioned by time. Kept for a stated window.
create table message_ids (
  workspace_id integer not null,
  id text not null,
  received_at timestamptz not null,
  primary key (workspace_id, id)
);
create index message_ids_by_age on message_ids using brin (received_at);

-- (received_at, id) is an event's position. The key serves both the history of a profile and the join from inbox.
create table events (
  workspace_id integer not null,
  profile_id uuid not null,
  name text not null,
  received_at timestamptz not null,
  id uuid not null,
  kind text not null,
  occurred_at timestamptz not null,
  message_id text not null,
  -- {"properties": {…}, "traits": {…}, "context": {…}}, each only when sent.
  payload jsonb not null,
  primary key (workspace_id, profile_id, name, received_at, id)
);

-- What waits to be advanced, in the order (received_at, id) per shard. kind: event, outcome, profile, retry.
create table inbox (
  workspace_id integer not null,
  shard smallint not null,
  received_at timestamptz not null,
  id uuid not null,
  profile_id uuid not null,
  kind text not null,
  -- Of an event: its name. Of anything else: empty.
  name text not null default '',
  run_id uuid,
  detail jsonb,
  primary key (workspace_id, shard, received_at, id)
);
create index inbox_by_profile on inbox (workspace_id, profile_id);

-- The lock of a shard is the lock on its row. batch_attempts is committed before a batch and reset by it:
-- a row whose batch killed its process three times is isolated like one that throws.
create table shards (
  workspace_id integer not null,
  n smallint not null,
  batch_attempts smallint not null default 0,
  primary key (workspace_id, n)
) with (fillfactor = 50);

create table journeys (
  workspace_id integer not null,
  id uuid not null,
  key text not null,
  name text not null,
  status text not null check (status in ('draft', 'live', 'paused', 'closing', 'closed', 'stopped')),
  draft jsonb not null,
  live_version integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key)
);

create table journey_versions (
  workspace_id integer not null,
  journey_id uuid not null,
  version integer not null,
  definition jsonb not null,
  published_at timestamptz not null,
  primary key (workspace_id, journey_id, version)
);

-- Append-only: created, published, paused, resumed, …
create table journey_changes (
  workspace_id integer not null,
  id uuid not null,
  journey_id uuid not null,
  at timestamptz not null,
  change text not null,
  version integer,
  actor text not null,
  primary key (workspace_id, id)
);

create table runs (
  workspace_id integer not null,
  id uuid not null,
  journey_id uuid not null,
  version integer not null,
  profile_id uuid not null,
  entry_key text not null,
  -- The entry event's position; its name completes the key of events.
  entry_name text not null,
  entry_at timestamptz not null,
  entry_id uuid not null,
  status text not null check (status in ('active', 'ended', 'failed')),
  node_id text not null,
  since timestamptz not null,
  seq integer not null,
  wake_at timestamptz,
  vars jsonb not null default '{}',
  started_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  outcome text,
  error jsonb,
  -- Signals kept while the journey is paused or the run is failed, oldest first.
  held jsonb,
  goal_at timestamptz,
  primary key (workspace_id, id)
) with (fillfactor = 70);
create index runs_by_journey on runs (workspace_id, journey_id, id);
create index runs_by_profile on runs (workspace_id, profile_id, id);

-- Remembered for ever: what re-entry rules need, and the way from a profile to its active runs.
create table entries (
  workspace_id integer not null,
  profile_id uuid not null,
  journey_id uuid not null,
  entry_key text not null,
  -- The active or failed run; null once it has ended.
  run_id uuid,
  entered_at timestamptz not null,
  ended_at timestamptz,
  times integer not null,
  last_event uuid not null,
  primary key (workspace_id, profile_id, journey_id, entry_key)
) with (fillfactor = 70);

-- A refused entry, recorded once the trigger's name and predicate matched.
create table refused_entries (
  workspace_id integer not null,
  profile_id uuid not null,
  journey_id uuid not null,
  event_id uuid not null,
  version integer not null,
  at timestamptz not null,
  reason text not null,
  detail jsonb,
  primary key (workspace_id, profile_id, journey_id, event_id)
);

-- One completed visit of a node. The visit under way stands in the run.
create table steps (
  workspace_id integer not null,
  run_id uuid not null,
  seq integer not null,
  node_id text not null,
  type text not null,
  entered_at timestamptz not null,
  left_at timestamptz not null,
  outcome text not null,
  detail jsonb,
  primary key (workspace_id, run_id, seq)
);

create table timers (
  workspace_id integer not null,
  shard smallint not null,
  due_at timestamptz not null,
  run_id uuid not null,
  seq integer not null,
  profile_id uuid not null,
  primary key (workspace_id, shard, due_at, run_id)
);

create table connections (
  workspace_id integer not null,
  id uuid not null,
  key text not null,
  plugin text not null,
  channel text not null,
  config jsonb not null,
  -- Envelope-encrypted, by field; associated data is workspace + connection + field.
  secrets jsonb not null default '{}',
  on_unknown text check (on_unknown in ('hold', 'resend', 'drop')),
  concurrency smallint not null default 50,
  rate_per_second integer,
  -- When the calls granted so far are through at that rate: one bucket for all workers.
  rate_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key)
);

create table deliveries (
  workspace_id integer not null,
  id uuid not null,
  run_id uuid not null,
  seq integer not null,
  journey_id uuid not null,
  version integer not null,
  node_id text not null,
  profile_id uuid not null,
  connection_id uuid,
  action text not null,
  channel text not null,
  purpose text not null,
  topic text,
  address text,
  input jsonb not null,
  state text not null check (state in ('queued', 'sending', 'accepted', 'delivered', 'bounced', 'suppressed', 'failed', 'unknown', 'discarded')),
  reason text,
  checks jsonb not null,
  awaited boolean not null,
  -- Calls that count; a claim that made none takes its own back.
  attempt smallint not null default 0,
  -- Claims ever made: the fence of every write about one. It only grows, so no two claims share a number.
  claim integer not null default 0,
  -- While queued: not to be claimed before. While sending: the end of the lease. Null once settled.
  due_at timestamptz,
  -- The first call of the key, for the provider's dedupe window.
  first_call_at timestamptz,
  -- The outcome of the last call is not known: look up or repeat by the action's dedupe.
  ambiguous boolean not null default false,
  provider_id text,
  error jsonb,
  planned_at timestamptz not null,
  settled_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, run_id, seq)
) with (fillfactor = 70);
create index deliveries_due on deliveries (workspace_id, connection_id, due_at) where due_at is not null;
create index deliveries_by_profile on deliveries (workspace_id, profile_id, id);
create index deliveries_unknown on deliveries (workspace_id, id) where state = 'unknown';

-- One call to a provider, written when it ends; the intent is the delivery's own row.
create table attempts (
  workspace_id integer not null,
  delivery_id uuid not null,
  attempt smallint not null,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null,
  code text,
  detail text,
  primary key (workspace_id, delivery_id, attempt)
);

create table consents (
  workspace_id integer not null,
  profile_id uuid not null,
  channel text not null,
  purpose text not null,
  topic text not null,
  state text not null check (state in ('granted', 'revoked')),
  at timestamptz not null,
  source text not null,
  primary key (workspace_id, profile_id, channel, purpose, topic)
);

-- Append-only: who granted or revoked what, when, and by which words.
create table consent_changes (
  workspace_id integer not null,
  id uuid not null,
  profile_id uuid not null,
  channel text not null,
  purpose text not null,
  topic text not null,
  state text not null,
  at timestamptz not null,
  source text not null,
  detail jsonb,
  primary key (workspace_id, id)
);
create index consent_changes_by_profile on consent_changes (workspace_id, profile_id, at, id);

create table suppressions (
  workspace_id integer not null,
  channel text not null,
  -- SHA-256 of the normalised address, keyed by workspace: survives erasure.
  address_hash bytea not null,
  reason text not null,
  at timestamptz not null,
  primary key (workspace_id, channel, address_hash)
);

create table dead_letters (
  workspace_id integer not null,
  id uuid not null,
  shard smallint not null,
  profile_id uuid,
  received_at timestamptz not null,
  row jsonb not null,
  code text not null,
  detail text not null,
  died_at timestamptz not null,
  primary key (workspace_id, id)
);

create table imports (
  workspace_id integer not null,
  id text not null,
  file_hash text not null,
  map text not null,
  -- Rows up to and including this line are stored.
  line bigint not null default 0,
  rejected bigint not null default 0,
  updated_at timestamptz not null,
  finished_at timestamptz,
  -- When its events were queued as if they came now: at most once.
  replayed_at timestamptz,
  primary key (workspace_id, id)
);
`;
