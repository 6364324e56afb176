import type { CompiledVersion } from "../compile/types.ts";
import type { GateCheck, GateFacts } from "../gate/types.ts";
import type { Json, JsonObject } from "../json.ts";

/** An event as the engine sees it. Times are milliseconds since the epoch; `(receivedAt, id)` is its position. */
export interface EventFact {
  readonly id: string;
  readonly name: string;
  readonly receivedAt: number;
  readonly occurredAt: number;
  readonly properties: JsonObject;
}

/** A run between two signals: all of it that is stored. */
export interface RunState {
  readonly id: string;
  readonly journeyId: string;
  readonly version: number;
  readonly profileId: string;
  readonly entryKey: string;
  readonly status: "active" | "ended" | "failed";
  /** The node the run stands at; while active, always a node that waits. */
  readonly nodeId: string;
  /** When it reached that node. */
  readonly since: number;
  /** Sequence of the visit under way, 0 before the first; grows by one a visit and is never reset. */
  readonly seq: number;
  /** When its timer is due; null when it waits for no time. */
  readonly wakeAt: number | null;
  readonly vars: JsonObject;
  /** How often it came round lately to the nodes of loops; null while it met none. */
  readonly visits: RecentVisits | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Why it ended: `end`, `goal` or `exit`; null while active or failed. */
  readonly endedBy: "end" | "goal" | "exit" | null;
  /** The label of the end node, the name of the exit, `goal`, or why a send with policy `exit` ended it. */
  readonly outcome: string | null;
  /** Set while `failed`. */
  readonly error: RunError | null;
}

/** Visits of nodes that stand in a loop, since the hour under way began: as many counters as there are such nodes. */
export interface RecentVisits {
  readonly since: number;
  readonly counts: { readonly [nodeId: string]: number };
}

export interface RunError {
  readonly code: string;
  readonly nodeId: string;
  readonly detail: string;
}

/** What just reached a run. `at` is the signal's own time: it is `now` for the decision and anchors its delays. */
export type Signal =
  | { readonly kind: "entered"; readonly at: number; readonly event: EventFact }
  | { readonly kind: "event"; readonly at: number; readonly event: EventFact }
  | { readonly kind: "timer"; readonly at: number }
  | OutcomeSignal
  /** A trait changed without an event for this run: only `when` conditions of exits and goal are tested. */
  | { readonly kind: "profile"; readonly at: number }
  /** Somebody asks a failed run to visit the node again at which it was parked. */
  | { readonly kind: "retry"; readonly at: number };

/** What became of the delivery that a run waits for. */
export interface OutcomeSignal {
  readonly kind: "outcome";
  readonly at: number;
  readonly seq: number;
  readonly outcome: DeliveryOutcome;
  /** What the action returned, where it keeps that and the call itself was answered. */
  readonly output?: Json;
}

/** What a run can wait for at a `send` or `webhook` node. */
export type DeliveryOutcome = "accepted" | "failed" | "suppressed" | "unknown";

/** Events of one profile, oldest first, as far as the predicates of the version need them. */
export interface History {
  events(name: string): readonly EventFact[];
}

/** Everything `decide` may know besides the run and its version. */
export interface Facts {
  readonly profile: { readonly id: string; readonly traits: JsonObject };
  /** The event that made the run enter; undefined only when the version never reads it. */
  readonly entry: EventFact | undefined;
  readonly history: History;
  /** What the send gate needs about this profile and journey. */
  readonly gate: Pick<GateFacts, "journey" | "consents" | "suppressed" | "connections">;
}

/** One completed visit of a node. */
export interface StepRecord {
  readonly seq: number;
  readonly nodeId: string;
  readonly type: string;
  readonly enteredAt: number;
  readonly leftAt: number;
  /** The branch taken, in a word: `else`, `matched`, `timeout`, `planned`, `goal`, … */
  readonly outcome: string;
  /** Inputs and verdict, for explain; null when the outcome says all. */
  readonly detail: JsonObject | null;
}

/** A delivery the run asks for, after the gate has spoken. */
export interface PlannedDelivery {
  /** The step's sequence; with the run id it is the idempotency key. */
  readonly seq: number;
  readonly nodeId: string;
  /** Key of the connection. */
  readonly connection: string;
  readonly action: string;
  readonly channel: string;
  readonly purpose: string;
  readonly topic: string | null;
  /** Templates as written; rendered when the delivery is claimed. */
  readonly input: JsonObject;
  readonly address: string | null;
  readonly state: "planned" | "suppressed";
  readonly reason: string | null;
  readonly checks: readonly GateCheck[];
  /** Whether the run waits for the outcome, so that it must come back as a signal. */
  readonly awaited: boolean;
}

/** Everything `decide` depends on. */
export interface DecideInput {
  readonly version: CompiledVersion;
  readonly run: RunState;
  readonly signal: Signal;
  readonly facts: Facts;
  /** When the decision is made; the send gate's clock. Everything else goes by `signal.at`. */
  readonly now: number;
}

/** What one signal does to one run. */
export interface Decision {
  /** `ignored`: nothing changed. */
  readonly kind: "ignored" | "moved" | "ended" | "failed";
  readonly run: RunState;
  readonly steps: readonly StepRecord[];
  readonly deliveries: readonly PlannedDelivery[];
  /** The profile's traits after the decision, when it changed them. */
  readonly traits: JsonObject | undefined;
  /** Whether the goal was counted by this signal. */
  readonly goal: boolean;
}
