/** What a paused journey does with entries, and how often a run comes round to the nodes of its loops. */
export const pauses = /* sql */ `
-- What became of entries at the last pause: buffer or drop; null before the first.
alter table journeys add column paused_entries text check (paused_entries in ('buffer', 'drop'));

-- An event that would have started a run while its journey was paused; decided once the journey is resumed.
create table held_entries (
  workspace_id integer not null,
  profile_id uuid not null,
  journey_id uuid not null,
  -- The event's position; its name completes the key of events.
  event_name text not null,
  received_at timestamptz not null,
  event_id uuid not null,
  -- The version whose trigger matched.
  version integer not null,
  -- The run that it may become; the timer that has it decided goes by the same id.
  run_id uuid not null,
  primary key (workspace_id, profile_id, journey_id, event_id)
);
create index held_entries_by_journey on held_entries (workspace_id, journey_id, received_at, event_id);

-- {"since": ms, "counts": {node: visits}}: only nodes that stand in a loop, only the hour under way.
alter table runs add column visits jsonb;
`;
