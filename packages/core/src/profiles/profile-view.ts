import type { JsonObject } from "@wend/journey";
import type { RunSummary } from "../runs/run-view.ts";

/** A customer as known now. Times are milliseconds since the epoch. */
export interface ProfileDetail {
  readonly id: string;
  readonly traits: JsonObject;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The names it is known by, at most 100. */
  readonly identities: readonly { readonly kind: string; readonly value: string }[];
  /** What it consented to or revoked, at most 500. Unknown is no consent. */
  readonly consents: readonly ConsentView[];
  /** Runs that are active or parked, the youngest first, at most 100. */
  readonly runs: readonly RunSummary[];
}

export interface ConsentView {
  readonly channel: string;
  readonly purpose: string;
  /** `*` covers every topic. */
  readonly topic: string;
  readonly state: "granted" | "revoked";
  readonly at: number;
  readonly source: string;
}
