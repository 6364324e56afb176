import type { Purpose } from "@wend/plugin";
import type { JsonObject } from "../json.ts";
import type { JourneyDefinition } from "../language/definition.ts";
import type { Read, Test } from "../predicate/scope.ts";
import type { CompiledDuration } from "../time/duration.ts";

/**
 * A published version, ready to decide on: predicates are closures, nodes hold each other directly.
 * Immutable; keep it by version id.
 */
export interface CompiledVersion {
  readonly journeyId: string;
  readonly version: number;
  readonly definition: JourneyDefinition;
  readonly start: CompiledNode;
  readonly nodes: ReadonlyMap<string, CompiledNode>;
  /** Ids of the nodes that stand in a loop: only to them can a run come back. */
  readonly looping: ReadonlySet<string>;
  /** Triggers by the name of their event. */
  readonly triggersByEvent: ReadonlyMap<string, readonly CompiledTrigger[]>;
  readonly filter: Test | undefined;
  readonly entry: CompiledEntry;
  readonly exits: readonly CompiledExit[];
  readonly goal: CompiledExit | undefined;
  /** Names of the events that a wait, an exit or the goal listens to. */
  readonly listens: ReadonlySet<string>;
  /** Whether an exit or the goal has a `when` without an `event`: it is tested on every signal. */
  readonly hasConditions: boolean;
  readonly needs: Needs;
}

/** What has to be loaded for this version. */
export interface Needs {
  /** Names of the events whose history runs read, with the widest window in milliseconds; Infinity: all of it. */
  readonly history: ReadonlyMap<string, number>;
  /** The same for triggers, filter and entry key. */
  readonly entryHistory: ReadonlyMap<string, number>;
  /** Whether runs read the entry event after the decision that let them in. */
  readonly entryEvent: boolean;
  /** Names of all traits read or written. */
  readonly traits: ReadonlySet<string>;
  /** Names of all events: triggers, waits, exits, goal and history. */
  readonly events: ReadonlySet<string>;
  /** Keys of the connections that sends and webhooks use. */
  readonly connections: ReadonlySet<string>;
}

export interface CompiledTrigger {
  readonly event: string;
  readonly where: Test | undefined;
}

export interface CompiledEntry {
  readonly key: Read | undefined;
  readonly reentry: "never" | "afterExit" | "always";
  readonly cooldown: CompiledDuration | undefined;
}

/** An exit, or the goal under the name `goal`. */
export interface CompiledExit {
  readonly name: string;
  readonly event: string | undefined;
  readonly where: Test | undefined;
  readonly when: Test | undefined;
}

export type CompiledNode =
  | CompiledDelay
  | CompiledWait
  | CompiledSplit
  | CompiledRandomSplit
  | CompiledSend
  | CompiledUpdate
  | CompiledEnd;

export interface CompiledDelay {
  readonly id: string;
  readonly type: "delay";
  readonly for: CompiledDuration;
  readonly next: CompiledNode;
}

export interface CompiledWait {
  readonly id: string;
  readonly type: "waitForEvent";
  readonly branches: readonly CompiledWaitBranch[];
  readonly timeout: { readonly after: CompiledDuration; readonly next: CompiledNode };
}

export interface CompiledWaitBranch {
  readonly event: string;
  readonly where: Test | undefined;
  readonly as: string | undefined;
  readonly next: CompiledNode;
}

export interface CompiledSplit {
  readonly id: string;
  readonly type: "split";
  readonly branches: readonly CompiledSplitBranch[];
  readonly otherwise: CompiledNode;
}

export interface CompiledSplitBranch {
  readonly label: string;
  readonly when: Test;
  /** What this predicate and those above it read, for the record. */
  readonly inputs: readonly NamedRead[];
  readonly next: CompiledNode;
}

export interface NamedRead {
  readonly name: string;
  readonly read: Read;
}

export interface CompiledRandomSplit {
  readonly id: string;
  readonly type: "randomSplit";
  readonly salt: string;
  readonly by: "profile" | "entry";
  readonly branches: readonly { readonly label: string; readonly next: CompiledNode }[];
  /** Index of the branch, by bucket. */
  readonly buckets: Uint16Array;
}

/** A `send` or a `webhook`. */
export interface CompiledSend {
  readonly id: string;
  readonly type: "send" | "webhook";
  readonly connection: string;
  readonly action: string;
  readonly channel: string;
  readonly purpose: Purpose;
  readonly topic: string | null;
  readonly addressKind: string | null;
  readonly input: JsonObject;
  readonly outcome: CompiledOutcome;
  readonly as: string | undefined;
  readonly next: CompiledNode;
}

export type CompiledOutcome =
  | { readonly policy: "continue" }
  | { readonly policy: "exit" }
  | {
      readonly policy: "branch";
      readonly failed: CompiledNode;
      readonly suppressed: CompiledNode;
      readonly unknown: CompiledNode;
    };

export interface CompiledUpdate {
  readonly id: string;
  readonly type: "updateProfile";
  readonly set: readonly TraitWrite[];
  readonly unset: readonly string[];
  readonly increment: readonly TraitWrite[];
  readonly append: readonly TraitWrite[];
  readonly next: CompiledNode;
}

export interface TraitWrite {
  readonly trait: string;
  readonly read: Read;
}

export interface CompiledEnd {
  readonly id: string;
  readonly type: "end";
  readonly outcome: string;
}
