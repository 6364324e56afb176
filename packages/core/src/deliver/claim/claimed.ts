import type { ConsentFact } from "@wend/journey";

/** A delivery that this worker holds, with what the gate, the templates and the call need of its surroundings. */
export interface Claimed {
  readonly id: string;
  readonly run_id: string;
  readonly seq: number;
  readonly journey_id: string;
  readonly version: number;
  readonly node_id: string;
  readonly profile_id: string;
  readonly action: string;
  readonly channel: string;
  readonly purpose: string;
  readonly topic: string | null;
  readonly address: string | null;
  /** JSON text: the same for all deliveries of a node, so it is parsed once. */
  readonly input: string;
  readonly awaited: boolean;
  /** Of the call about to be made; taken back when none is made. */
  readonly attempt: number;
  /** The fence of every later write: no other claim ever has this number. */
  readonly claim: number;
  /** A call of this key may have been accepted without our knowing. */
  readonly ambiguous: boolean;
  /** When a call that was not recorded must have ended at the latest; null when the last one was recorded. */
  readonly lease_end: number | null;
  readonly first_call_at: number;
  /** When an operator asked for another call, whatever became of the earlier ones; null unless that still stands. */
  readonly resent_at: number | null;
  readonly planned_at: number;
  /** The route that chose the connection. */
  readonly route_id: string | null;
  /** Above 0: a receipt has come, so the provider has it, whatever became of the call. */
  readonly receipt_rank: number;
  /** Null when the run is gone. */
  readonly run_status: "active" | "ended" | "failed" | null;
  readonly ended_by: "end" | "goal" | "exit" | null;
  readonly entry_key: string;
  readonly entry_name: string;
  readonly entry_at: number;
  readonly entry_id: string;
  readonly occurred_at: number | null;
  /** JSON texts, parsed when something reads them. */
  readonly vars: string | null;
  readonly properties: string | null;
  readonly traits: string | null;
  readonly journey_status: string | null;
  readonly consents: readonly [ConsentFact["channel"], ConsentFact["purpose"], string, ConsentFact["state"]][] | null;
  /** Kind and name of the profile's inbox rows that nobody has advanced yet. */
  readonly pending: readonly [string, string][] | null;
}

/** What a claim reads once, whatever the number of deliveries. */
export interface ClaimHead {
  /** The stored connection's version, to be compared with the open one's; null when it is gone. */
  readonly connection_version: string | null;
  readonly shards: number;
}
