/** Several connections of one channel behind one key. */
export const routes = /* sql */ `
-- Its key stands in one namespace with those of connections.
create table routes (
  workspace_id integer not null,
  id uuid not null,
  key text not null,
  channel text not null,
  mode text not null check (mode in ('failover', 'split')),
  -- [{"connectionId": uuid, "weight": number}], in the order in which failover tries them.
  members jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key)
);

-- Until when the provider is known to be down: whoever finds out says so to all workers. Null: nothing is known.
alter table connections add column down_until timestamptz;

-- Whose route chose the connection, and how often it has moved the delivery to another one since.
alter table deliveries
  add column route_id uuid,
  add column route_moves smallint not null default 0;

-- Which connection made the call, if that is not the delivery's own any more.
alter table attempts add column connection_id uuid;
`;
