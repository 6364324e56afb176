import type { JsonObject } from "../json.ts";

/** The steps of the send gate, in their fixed order. Steps 9 and 10 run only at claim. */
export type GateStep =
  | "run_live"
  | "exit_and_goal"
  | "consent"
  | "control_group"
  | "address"
  | "holds"
  | "cap"
  | "timing"
  | "rate_limit"
  | "claim";

/** One step's verdict with the inputs it was decided on; recorded with the delivery. */
export interface GateCheck {
  readonly step: GateStep;
  readonly pass: boolean;
  /** Why not; null when it passed, or when the delivery is only held: its journey is paused, its run is parked. */
  readonly reason: SuppressedReason | null;
  readonly inputs: JsonObject;
}

/** Why a delivery was not sent. */
export type SuppressedReason =
  | "run_ended"
  | "journey_stopped"
  | "goal_reached"
  | "exited"
  | "no_consent"
  | "consent_revoked"
  | "address_suppressed"
  | "no_address"
  | "invalid_address"
  | "connection_missing";

/** One consent of a profile. Unknown is no consent. */
export interface ConsentFact {
  readonly channel: string;
  readonly purpose: string;
  /** `*` covers every topic. */
  readonly topic: string;
  readonly state: "granted" | "revoked";
}

export interface ConnectionFact {
  readonly channel: string;
  /**
   * How this connection reaches the profile, of a kind that profiles do not carry as a trait (a CRM id); else null:
   * `email` and `phone` are read from the traits as they stand when the send is reached.
   */
  readonly address: string | null;
}

export interface GateFacts {
  /** `plan` inside the shard transaction, `claim` just before the call. */
  readonly stage: "plan" | "claim";
  readonly now: number;
  readonly journey: { readonly status: "live" | "paused" | "closing" | "stopped" };
  readonly run: {
    readonly status: "active" | "ended" | "failed";
    readonly endedBy: "end" | "goal" | "exit" | null;
  };
  /** What exit and goal conditions on the profile say now. */
  readonly exitNow: { readonly exit: string | null; readonly goal: boolean };
  readonly delivery: {
    readonly connection: string;
    readonly channel: string;
    readonly purpose: string;
    readonly topic: string | null;
    readonly addressKind: string | null;
    readonly address: string | null;
  };
  readonly consents: readonly ConsentFact[];
  /** Whether this channel's address of the profile is on the suppression list, by channel. */
  readonly suppressed: { readonly [channel: string]: string | undefined };
  readonly connections: { readonly [key: string]: ConnectionFact | undefined };
}

/** The gate's answer: every check made, in order, up to the first that failed. */
export type GateVerdict =
  | { readonly kind: "pass"; readonly checks: readonly GateCheck[] }
  | { readonly kind: "suppress"; readonly reason: SuppressedReason; readonly checks: readonly GateCheck[] }
  | { readonly kind: "wait"; readonly until: number; readonly checks: readonly GateCheck[] };
