/** What an operator says about a delivery of unknown outcome. */
export const deliveryVerdicts = /* sql */ `
-- Append-only: who settled or resent which delivery of unknown outcome, and when. One for each claim that ended so.
create table delivery_verdicts (
  workspace_id integer not null,
  delivery_id uuid not null,
  claim integer not null,
  verdict text not null check (verdict in ('accepted', 'failed', 'resend')),
  at timestamptz not null,
  actor text not null,
  primary key (workspace_id, delivery_id, claim)
);

-- Since when an operator wants it called again although an earlier call may have been accepted. Stands until the
-- outcome of another call is unknown.
alter table deliveries add column resent_at timestamptz;
`;
