import type { World } from "../world.ts";
import { restStorage } from "../world.ts";
import { JOURNEY_ID, journey } from "./journey.ts";

/** Stores the journey as published, without going through the API: the bench measures the engine alone. */
export async function publish(world: World): Promise<void> {
  const definition = JSON.stringify(journey);
  await world.owner.query(
    `insert into journeys (workspace_id, id, key, name, status, draft, live_version, created_at, updated_at)
     values ($1, $2, 'engine', 'Engine', 'live', $3, 1, now(), now())`,
    [world.workspace.id, JOURNEY_ID, definition],
  );
  await world.owner.query(
    `insert into journey_versions (workspace_id, journey_id, version, definition, published_at)
     values ($1, $2, 1, $3, now())`,
    [world.workspace.id, JOURNEY_ID, definition],
  );
}

// Ids in the order of time, as the engine makes them; the last byte, which picks the shard, is even over all.
const id = (base: number) =>
  `(lpad(to_hex(${base} + i), 12, '0') || '7000' || '8000' || lpad(to_hex(i), 12, '0'))::uuid`;

/** The lowest id of a millisecond. */
const first = (base: number) => `'${base.toString(16).padStart(12, "0")}00000000000000000000'::uuid`;

/** Runs that wait far into the future, each with its profile, entry, two steps and timer. */
export async function park(world: World, from: number, to: number): Promise<void> {
  const { id: ws, shards } = world.workspace;
  const rows = `from generate_series(${from}, ${to - 1}) as i`;
  const profile = id(1_700_000_000_000);
  const run = id(1_700_000_000_000);
  for (const statement of [
    `insert into profiles select ${ws}, ${profile}, '{"plan":"free","greeted":true}', now(), now() ${rows}`,
    `insert into runs (workspace_id, id, journey_id, version, profile_id, entry_key, entry_name, entry_at, entry_id,
       status, node_id, since, seq, wake_at, started_at)
     select ${ws}, ${run}, '${JOURNEY_ID}', 1, ${profile}, '', 'Signed Up', now(), ${run}, 'active', 'wait', now(), 2,
       now() + interval '700 hours', now() ${rows}`,
    `insert into entries select ${ws}, ${profile}, '${JOURNEY_ID}', '', ${run}, now(), null, 1, ${run} ${rows}`,
    `insert into steps select ${ws}, ${run}, s, case s when 0 then 'by-plan' else 'greet' end,
       case s when 0 then 'split' else 'updateProfile' end, now(), now(), 'else', null ${rows}, generate_series(0, 1) as s`,
    `insert into timers select ${ws}, i % ${shards}, now() + interval '700 hours', ${run}, 2, ${profile} ${rows}`,
  ]) {
    await world.owner.query(statement);
  }
  await restStorage(world);
}

/** A set of profiles with two events each, named by the first millisecond of their ids. */
export interface Cohort {
  readonly base: number;
  readonly profiles: number;
}

/** Profiles with both of their events stored and waiting in the inbox, as accept leaves them. */
export async function fillInbox(world: World, cohort: Cohort): Promise<void> {
  const { id: ws } = world.workspace;
  await world.owner.query(
    `insert into profiles select ${ws}, ${id(cohort.base)}, '${traits}', now(), now() ${rowsOf(cohort)}`,
  );
  for (const { name, offset, at } of events) {
    const event = id(cohort.base + offset);
    await world.owner.query(
      `insert into events select ${ws}, ${id(cohort.base)}, '${name}', ${at}, ${event}, 'track', ${at}, ${event}::text,
         '{"properties":{"total":12.5,"source":"web"}}' ${rowsOf(cohort)}`,
    );
  }
  await queueEvents(world, cohort);
}

/** Takes back what the engine did for a cohort, so that the same rows can be written once more. */
export async function rewind(world: World, cohort: Cohort): Promise<void> {
  const { id: ws } = world.workspace;
  const ofCohort = `profile_id >= ${first(cohort.base)} and profile_id < ${first(cohort.base + cohort.profiles)}`;
  for (const statement of [
    `delete from steps where workspace_id = ${ws} and run_id in (select id from runs where workspace_id = ${ws} and ${ofCohort})`,
    `delete from runs where workspace_id = ${ws} and ${ofCohort}`,
    `delete from entries where workspace_id = ${ws} and ${ofCohort}`,
    `update profiles set traits = '${traits}' where workspace_id = ${ws} and ${ofCohort.replaceAll("profile_id", "id")}`,
  ]) {
    await world.owner.query(statement);
  }
  await queueEvents(world, cohort);
  await restStorage(world);
}

/** Throws unless every run of the cohort ended after four steps and nothing is left waiting. */
export async function expectAllEnded(world: World, cohort: Cohort): Promise<void> {
  const { rows } = await world.owner.query<{ ended: string; steps: string; inbox: string }>(
    `with mine as (select id from runs where status = 'ended'
       and profile_id >= ${first(cohort.base)} and profile_id < ${first(cohort.base + cohort.profiles)})
     select (select count(*) from mine) as ended, (select count(*) from steps where run_id in (select id from mine)) as steps,
       (select count(*) from inbox) as inbox`,
  );
  const { ended, steps, inbox } = rows[0]!;
  if (Number(ended) !== cohort.profiles || Number(steps) !== 4 * cohort.profiles || Number(inbox) !== 0) {
    throw new Error(`of ${cohort.profiles} journeys ${ended} ended with ${steps} steps, ${inbox} rows wait`);
  }
}

const traits = '{"plan":"pro","email":"a@b.test"}';
const rowsOf = (cohort: Cohort) => `from generate_series(0, ${cohort.profiles - 1}) as i`;
const second = "date_trunc('second', now())";
const events = [
  { name: "Signed Up", offset: 2_000_000, at: `${second} - interval '2 seconds'` },
  { name: "Activated", offset: 4_000_000, at: `${second} - interval '1 second'` },
] as const;

async function queueEvents(world: World, cohort: Cohort): Promise<void> {
  const { id: ws, shards } = world.workspace;
  for (const { name, offset } of events) {
    await world.owner.query(
      `insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, name)
       select ${ws}, i % ${shards}, e.received_at, e.id, e.profile_id, 'event', e.name
       ${rowsOf(cohort)} join events e on e.workspace_id = ${ws} and e.profile_id = ${id(cohort.base)}
         and e.name = '${name}' and e.id = ${id(cohort.base + offset)}`,
    );
  }
  await world.owner.query("analyze inbox; analyze events; analyze profiles");
}
