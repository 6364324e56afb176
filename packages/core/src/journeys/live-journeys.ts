import type { CompiledVersion, GateFacts } from "@wend/journey";
import type { Tx } from "../store/transaction.ts";
import { gateStatus } from "./gate-status.ts";
import type { JourneyStatus, PausedEntries } from "./journey.ts";
import type { VersionCache } from "./version-cache.ts";
import type { FindWay } from "./ways.ts";
import { loadWays } from "./ways.ts";

/** A journey as the engine sees it during one batch. */
export interface JourneyState {
  readonly id: string;
  readonly status: JourneyStatus;
  readonly gateStatus: GateFacts["journey"]["status"];
  /** What becomes of entries while it is paused. */
  readonly pausedEntries: PausedEntries;
  /** Takes entries again, and has some of its last pause left to decide. */
  readonly holdsEntries: boolean;
  /** The version new entries go to; undefined while it takes none. */
  readonly live: CompiledVersion | undefined;
  /** Where a profile's delivery goes that names the key of a connection or route. */
  readonly wayOf: FindWay;
  /** The same as the gate sees them; e-mail addresses and phone numbers come from the traits. */
  readonly connectionFacts: GateFacts["connections"];
}

/** The journeys of a workspace at one instant. */
export interface JourneyView {
  byId(id: string): JourneyState;
  /** Journeys whose live version an event of that name can start. */
  triggeredBy(eventName: string): readonly JourneyState[];
  readonly states: readonly JourneyState[];
}

interface StateRow {
  id: string;
  status: JourneyStatus;
  live_version: number | null;
  paused_entries: PausedEntries | null;
  holds_entries: boolean;
}

/** Reads the state of every published journey; compiled versions come from the cache. */
export async function loadJourneyView(tx: Tx, versions: VersionCache): Promise<JourneyView> {
  const rows = await tx.rows<StateRow>(loadJourneyStatesSql, [tx.workspaceId]);
  const live = rows.filter(takesEntries);
  const compiled = await versions.load(
    tx,
    live.map((row) => ({ journeyId: row.id, version: row.live_version! })),
  );
  const { refs, wayOf } = await loadWays(tx, versions);
  const connectionFacts = Object.fromEntries([...refs].map(([key, { channel }]) => [key, { channel, address: null }]));
  return createView(
    rows.map((row) => ({
      id: row.id,
      status: row.status,
      gateStatus: gateStatus(row.status),
      pausedEntries: row.paused_entries ?? "buffer",
      holdsEntries: row.holds_entries,
      live: takesEntries(row) ? compiled.get(row.id, row.live_version!) : undefined,
      wayOf,
      connectionFacts,
    })),
  );
}

// A paused journey takes them too, for later or to refuse them.
function takesEntries({ status, live_version }: StateRow): boolean {
  return live_version !== null && (status === "live" || status === "paused");
}

function createView(states: readonly JourneyState[]): JourneyView {
  const byId = new Map(states.map((state) => [state.id, state]));
  const byEvent = new Map<string, JourneyState[]>();
  for (const state of states) {
    for (const name of state.live?.triggersByEvent.keys() ?? []) {
      const known = byEvent.get(name);
      if (known) known.push(state);
      else byEvent.set(name, [state]);
    }
  }
  return {
    states,
    triggeredBy: (name) => byEvent.get(name) ?? [],
    byId: (id) => {
      const state = byId.get(id);
      // A run cannot outlive its journey's row.
      if (!state) throw new Error(`journey ${id} has runs but no row`);
      return state;
    },
  };
}

const loadJourneyStatesSql = {
  name: "load-journey-states",
  text: /* sql */ `
select id, status, live_version, paused_entries,
  case when status = 'live' and paused_entries is not null
    then exists (select from held_entries h where h.workspace_id = $1 and h.journey_id = journeys.id)
    else false end as holds_entries
from journeys where workspace_id = $1 and status <> 'draft' order by id`,
};
