import type { ConnectionId } from "../connections/connections.ts";
import type { Runtime } from "../runtime.ts";

/** What polling needs of a process. */
export interface PollRuntime extends Pick<Runtime, "store" | "connections" | "plugins" | "storeFacts" | "log"> {
  /** For jitter; `Math.random` unless a test wants to know. */
  readonly random?: () => number;
}

/** A connection that is to be asked what is new. */
export interface DuePoll extends ConnectionId {
  /** How often its plugin wants to be asked. */
  readonly everyMs: number;
  /** Of the stored connection, when it was found due. */
  readonly version: string;
}

/** What was wrong with the latest call, kept in `polls.error`. */
export interface PollError {
  readonly code: string;
  readonly detail: string | null;
  /** One after the other, this one included. */
  readonly failures: number;
  readonly at: number;
}
