import type { GateCheck, JsonObject } from "@wend/journey";
import type { ReceiptKind } from "@wend/plugin";
import type { Sandbox } from "../connections/delivery-settings.ts";
import type { RouteMode } from "../routes/route.ts";

export const deliveryStates = [
  "queued",
  "sending",
  "accepted",
  "delivered",
  "bounced",
  "suppressed",
  "failed",
  "unknown",
  "discarded",
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** A delivery as a list shows it. Times are milliseconds since the epoch. */
export interface DeliverySummary {
  readonly id: string;
  readonly runId: string;
  /** The step it belongs to. */
  readonly seq: number;
  readonly journeyId: string;
  readonly version: number;
  readonly nodeId: string;
  readonly profileId: string;
  /** Null when the journey's connection was gone. */
  readonly connectionId: string | null;
  /** The route that chose the connection; null when the journey names the connection itself. */
  readonly routeId: string | null;
  /** How often its route has moved it to another connection. */
  readonly moves: number;
  readonly action: string;
  readonly channel: string;
  readonly purpose: string;
  readonly topic: string | null;
  readonly state: DeliveryState;
  /**
   * Why it was suppressed, in a word of the send gate; of one that failed, the error's code; of one that waits for a
   * limit of its connection, `daily_quota` or `domain_rate`; of one that a sandbox only recorded, `sandbox`.
   */
  readonly reason: string | null;
  /** The number of the last call, 0 before the first. */
  readonly attempt: number;
  /** What a sandbox did with its last call: the customer was not reached. Null in earnest. */
  readonly sandbox: Sandbox | null;
  /** While queued: the earliest next try. While sending: the end of the lease. */
  readonly dueAt: number | null;
  readonly plannedAt: number;
  readonly settledAt: number | null;
  /** The provider's own name for it. */
  readonly providerId: string | null;
  /** The weightiest that the provider has said of it after the call. */
  readonly receipt: ReceiptKind | null;
  /** When that happened, by the provider's clock. */
  readonly receiptAt: number | null;
  /** What the last call failed with. */
  readonly error: DeliveryError | null;
  /** What became of it and why, in a sentence. */
  readonly says: string;
}

export interface DeliveryError {
  readonly code: string;
  readonly detail: string | null;
}

/** A delivery whole. */
export interface DeliveryDetail extends DeliverySummary {
  readonly connection: { readonly key: string; readonly plugin: string } | null;
  /** Null when no route chose the connection, or the route is gone. */
  readonly route: { readonly key: string; readonly mode: RouteMode } | null;
  readonly address: string | null;
  /** As the journey wrote it; templates are rendered when the delivery is claimed. */
  readonly input: JsonObject;
  /** What the send gate checked, in order, up to the check that failed. */
  readonly checks: readonly GateCheck[];
  /** Whether the run waits for the outcome. */
  readonly awaited: boolean;
  /** Whether it is open if the last call took effect. */
  readonly ambiguous: boolean;
  readonly firstCallAt: number | null;
  /** The same on every call. */
  readonly idempotencyKey: string;
  /** Calls to the provider, oldest first. */
  readonly attempts: readonly Attempt[];
  /** What operators have said about its unknown outcome, oldest first. */
  readonly verdicts: readonly Verdict[];
}

/** An operator's word on a delivery of unknown outcome. */
export interface Verdict {
  readonly verdict: "accepted" | "failed" | "resend";
  readonly at: number;
  /** Id of the API key. */
  readonly actor: string;
}

/** One call to the provider. */
export interface Attempt {
  readonly attempt: number;
  /** The connection that made the call. */
  readonly connectionId: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: string;
  readonly code: string | null;
  readonly detail: string | null;
}
