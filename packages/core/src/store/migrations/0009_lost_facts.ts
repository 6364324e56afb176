/** Facts that a plugin told and no store could keep. */
export const lostFacts = /* sql */ `
-- How many were let go, and when the last of them was.
alter table connections
  add column lost_facts bigint not null default 0,
  add column lost_facts_at timestamptz;
`;
