import type { Credential } from "../workspaces/credential.ts";
import type { AcceptedEvent } from "./append/write-events.ts";
import type { ConsentChange } from "./consent/change.ts";
import type { CheckedJson } from "./edge/parse-json.ts";
import type { NewEvent } from "./event.ts";
import type { GroupLimits } from "./limits.ts";
import type { CallKind, Rejection } from "./shape/read-call.ts";

export interface IngestCall {
  readonly kind: CallKind;
  /** As it was sent, decompressed; or parsed already, when the key had to be found in it. */
  readonly body: Uint8Array | CheckedJson;
}

/** What became of one call. A single item that is bad is thrown instead. */
export interface IngestResult {
  /** Items that are stored now; an item whose message id is known already counts. */
  readonly accepted: number;
  /** Items of a batch that were not taken. */
  readonly rejected: readonly Rejection[];
}

/** The only way in: everything that reaches a profile is stored here, in one transaction, before it is acknowledged. */
export interface Accept {
  /** Takes a call in Segment's wire shape. Resolves after the commit. Throws `request.*`, `auth.*`, `limit.overloaded`, `store.unavailable`. */
  ingest(credential: Credential, call: IngestCall): Promise<IngestResult>;
  /** Takes events of API calls and of Wend itself, which are trusted to be storable. */
  events(workspaceId: number, events: readonly NewEvent[]): Promise<readonly AcceptedEvent[]>;
  /** Grants or revokes consents; in force for every claim that begins after it resolves. Throws `profile.not_found`. */
  consent(workspaceId: number, changes: readonly ConsentChange[]): Promise<void>;
  /** How much may wait for a commit; beyond it a call is refused by `limit.overloaded`. */
  readonly limits: GroupLimits;
  /** Resolves when everything taken so far is settled. */
  idle(): Promise<void>;
}
