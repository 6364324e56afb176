import type { JsonObject } from "@wend/journey";

/** One permission given or taken back. */
export interface ConsentChange {
  /** Either the user id, whose profile is made when it is new, or the id of a profile that exists. */
  readonly userId?: string;
  readonly profileId?: string;
  readonly channel: string;
  readonly purpose: string;
  /** `*`, the default, covers every topic. */
  readonly topic?: string;
  readonly state: "granted" | "revoked";
  /** Who says so: `api`, `import`, `preference_page`, … */
  readonly source: string;
  /** The words that were agreed to, the form, the address: whatever proves it. */
  readonly detail?: JsonObject;
}

/** A change that waits for its transaction. Its id is made before, so that it is stored once even if that runs twice. */
export interface PendingChange extends ConsentChange {
  readonly messageId: string;
}
