import type { JsonObject, PlannedDelivery, RunState, StepRecord } from "@wend/journey";
import type { DeliveryRow, Refusal } from "../../src/advance/changes.ts";
import { insertDeliveries } from "../../src/advance/save/insert-deliveries.ts";
import { insertRefusals } from "../../src/advance/save/insert-refusals.ts";
import { insertRuns } from "../../src/advance/save/insert-runs.ts";
import { insertSteps } from "../../src/advance/save/insert-steps.ts";
import { saveEntries } from "../../src/advance/save/save-entries.ts";
import { uuidv7 } from "../../src/ids.ts";
import type { Tx } from "../../src/store/transaction.ts";

/** A journey with one published version, written as the store keeps it. */
export async function writeJourney(tx: Tx, key: string, nodes: JsonObject = {}): Promise<string> {
  const id = uuidv7();
  await tx.run(
    `insert into journeys (workspace_id, id, key, name, status, draft, live_version, created_at, updated_at)
     values ($1, $2, $3, $4, 'live', '{}', 1, now(), now())`,
    [tx.workspaceId, id, key, `The ${key}`],
  );
  await tx.run(
    `insert into journey_versions (workspace_id, journey_id, version, definition, published_at)
     values ($1, $2, 1, $3, now())`,
    [tx.workspaceId, id, JSON.stringify({ name: key, nodes })],
  );
  return id;
}

export async function writeProfile(tx: Tx, userId: string, traits: JsonObject = {}): Promise<string> {
  const id = uuidv7();
  await tx.run(
    "insert into profiles (workspace_id, id, traits, created_at, updated_at) values ($1, $2, $3, now(), now())",
    [tx.workspaceId, id, JSON.stringify(traits)],
  );
  await tx.run("insert into identities (workspace_id, kind, value, profile_id) values ($1, 'user_id', $2, $3)", [
    tx.workspaceId,
    userId,
    id,
  ]);
  return id;
}

export interface StoryEvent {
  readonly profileId: string;
  readonly name: string;
  readonly at: number;
  readonly payload?: JsonObject;
}

/** An event as accept stores it; gives back its id. */
export async function writeEvent(tx: Tx, event: StoryEvent): Promise<string> {
  const id = uuidv7();
  await tx.run(
    `insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
     values ($1, $2, $3, to_timestamp($4), $5, $6, to_timestamp($4), $7, $8)`,
    [
      tx.workspaceId,
      event.profileId,
      event.name,
      event.at / 1000,
      id,
      event.name === "$identify" ? "identify" : "track",
      `message-${id}`,
      JSON.stringify(event.payload ?? {}),
    ],
  );
  return id;
}

export interface StoryRun extends Partial<Omit<RunState, "profileId" | "journeyId">> {
  readonly profileId: string;
  readonly journeyId: string;
  readonly steps?: readonly StepRecord[];
  readonly goalAt?: number;
  readonly entryId?: string;
}

/** A run with its steps and its entry, as a batch leaves them. */
export async function writeRun(tx: Tx, story: StoryRun): Promise<RunState> {
  const { steps = [], goalAt = null, entryId = uuidv7(), ...given } = story;
  const run: RunState = {
    id: uuidv7(),
    version: 1,
    entryKey: "",
    status: "active",
    nodeId: "start",
    since: 0,
    seq: 1,
    wakeAt: null,
    vars: {},
    visits: null,
    startedAt: 0,
    endedAt: null,
    endedBy: null,
    outcome: null,
    error: null,
    ...given,
  };
  const entryEvent = { id: entryId, name: "Signed Up", receivedAt: run.startedAt };
  const slot = { run, entryEvent, goalAt, held: [] } as unknown as Parameters<typeof insertRuns>[1][number];
  await insertRuns(tx, [slot]);
  const rows = steps.map((step) => ({ runId: run.id, step }));
  if (rows.length > 0) await insertSteps(tx, rows);
  await saveEntries(tx, [
    {
      profileId: run.profileId,
      journeyId: run.journeyId,
      entryKey: run.entryKey,
      runId: run.status === "ended" ? null : run.id,
      enteredAt: run.startedAt,
      endedAt: run.endedAt,
      times: 1,
      lastEvent: entryId,
      changed: true,
    },
  ]);
  return run;
}

export const step = (seq: number, nodeId: string, more: Partial<StepRecord> = {}): StepRecord => ({
  seq,
  nodeId,
  type: "split",
  enteredAt: 0,
  leftAt: 0,
  outcome: "else",
  detail: null,
  ...more,
});

export interface StoryDelivery extends Partial<PlannedDelivery> {
  readonly run: RunState;
  readonly at?: number;
  readonly connectionId?: string;
}

/** A delivery as a batch plans it; gives back its id. */
export async function writeDelivery(tx: Tx, { run, at = 0, connectionId, ...given }: StoryDelivery): Promise<string> {
  const planned: PlannedDelivery = {
    seq: run.seq,
    nodeId: run.nodeId,
    connection: "mail",
    action: "send",
    channel: "email",
    purpose: "promotional",
    topic: null,
    input: { subject: "Hello" },
    address: "ada@example.com",
    state: "planned",
    reason: null,
    checks: [{ step: "run_live", pass: true, reason: null, inputs: {} }],
    awaited: false,
    ...given,
  };
  const way = { connectionId: connectionId ?? null, routeId: null };
  const row: DeliveryRow = { id: uuidv7(), run, planned, way, at };
  await insertDeliveries(tx, [row]);
  return row.id;
}

export async function writeRefusal(tx: Tx, refusal: Partial<Refusal> & Pick<Refusal, "profileId" | "journeyId">) {
  await insertRefusals(tx, [
    { eventId: uuidv7(), version: 1, at: 0, reason: "filter_false", detail: null, ...refusal },
  ]);
}

export interface StoryConsent {
  readonly profileId: string;
  readonly at: number;
  readonly state: "granted" | "revoked";
}

export async function writeConsent(tx: Tx, { profileId, at, state }: StoryConsent): Promise<void> {
  await tx.run(
    `insert into consent_changes (workspace_id, id, profile_id, channel, purpose, topic, state, at, source, detail)
     values ($1, $2, $3, 'email', 'promotional', '*', $4, to_timestamp($5), 'form', '{"words": "Yes"}')`,
    [tx.workspaceId, uuidv7(), profileId, state, at / 1000],
  );
  await tx.run(
    `insert into consents (workspace_id, profile_id, channel, purpose, topic, state, at, source)
     values ($1, $2, 'email', 'promotional', '*', $3, to_timestamp($4), 'form')
     on conflict (workspace_id, profile_id, channel, purpose, topic) do update set state = excluded.state`,
    [tx.workspaceId, profileId, state, at / 1000],
  );
}
