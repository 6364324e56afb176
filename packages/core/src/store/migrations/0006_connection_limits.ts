/** What an operator sets on a connection beyond its rate, what is counted for it, and where a sandbox sent a delivery. */
export const connectionLimits = /* sql */ `
alter table connections
  add column daily_quota integer,
  add column warm_up jsonb,
  -- Recipient domain, or * for every other one -> deliveries a minute.
  add column per_domain jsonb not null default '{}',
  -- Null: a connection in earnest.
  add column sandbox jsonb,
  add column test_addresses text[] not null default '{}';

-- What went out through a connection that has such limits, over all workers; claims lock its row while they count.
create table connection_usage (
  workspace_id integer not null,
  connection_id uuid not null,
  -- Where the civil day in UTC began that deliveries counts.
  day timestamptz,
  deliveries integer not null default 0,
  -- Where the minute began that domains counts.
  minute timestamptz,
  domains jsonb not null default '{}',
  primary key (workspace_id, connection_id)
) with (fillfactor = 50);

alter table deliveries
  -- The day on which it was counted last: however often it is tried, it counts once a day.
  add column counted_day timestamptz,
  -- What became of the address, and at which attempt: it holds as long as no other call is made.
  add column sandbox jsonb,
  add column sandbox_attempt smallint;
`;
