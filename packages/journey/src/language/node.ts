import type { Purpose } from "@wend/plugin";
import type { JsonObject } from "../json.ts";
import type { Operand } from "./operand.ts";
import type { Predicate } from "./predicate.ts";

/** One element of a journey. `next` and its like name another node by its id. */
export type Node<Id extends string = string> =
  | LocalNode<Id>
  | SendNode<string, string, JsonObject, Id>
  | WebhookNode<string, string, JsonObject, Id>;

/** A node that calls no connection. */
export type LocalNode<Id extends string = string> =
  | DelayNode<Id>
  | WaitForEventNode<Id>
  | SplitNode<Id>
  | RandomSplitNode<Id>
  | UpdateProfileNode<Id>
  | EndNode;

export type NodeType = Node["type"];

/** Waits for a duration: exact (`PT24H`), or calendar (`P2D`: the same local time in the journey's zone). */
export interface DelayNode<Id extends string = string> {
  readonly type: "delay";
  readonly for: string;
  readonly next: Id;
}

/** Waits for the first of several events, from when the node is reached until the timeout, inclusive. */
export interface WaitForEventNode<Id extends string = string> {
  readonly type: "waitForEvent";
  readonly branches: readonly WaitBranch<Id>[];
  readonly timeout: { readonly after: string; readonly next: Id };
}

export interface WaitBranch<Id extends string = string> {
  readonly event: string;
  /** Tested on the arriving event, as `signal`. */
  readonly where?: Predicate;
  /** Keeps the event's properties in `vars` under this name. */
  readonly as?: string;
  readonly next: Id;
}

/** Takes the first branch, top to bottom, whose predicate holds; else `else`. */
export interface SplitNode<Id extends string = string> {
  readonly type: "split";
  readonly branches: readonly { readonly label?: string; readonly when: Predicate; readonly next: Id }[];
  readonly else: Id;
}

/** Takes a branch by chance, the same one for the same profile (or entry) every time. */
export interface RandomSplitNode<Id extends string = string> {
  readonly type: "randomSplit";
  /** Splits with the same salt draw alike; each node draws on its own unless stated. */
  readonly salt?: string;
  /** `profile` (unless stated): a profile always draws the same. `entry`: each run draws anew. */
  readonly by?: "profile" | "entry";
  readonly branches: readonly { readonly label?: string; readonly weight: number; readonly next: Id }[];
}

/** What a run does about what became of its delivery. */
export type OutcomePolicy<Id extends string = string> =
  /** Moves on at once, whatever becomes of it. */
  | { readonly policy: "continue" }
  /** Waits; moves on when it was accepted, else the run ends. */
  | { readonly policy: "exit" }
  /** Waits; moves on when it was accepted, else takes the branch. `unknown` takes `failed` unless it has its own. */
  | { readonly policy: "branch"; readonly failed: Id; readonly suppressed: Id; readonly unknown?: Id };

/** Asks a connection's action to reach the customer, through the send gate. */
export interface SendNode<
  Connection extends string = string,
  Action extends string = string,
  Input extends object = JsonObject,
  Id extends string = string,
> {
  readonly type: "send";
  /** Key of the connection. */
  readonly connection: Connection;
  readonly action: Action;
  /** The action's input; strings may be templates. */
  readonly input: Input;
  readonly topic?: string;
  /** The action's default unless stated. */
  readonly purpose?: Purpose;
  readonly outcome: OutcomePolicy<Id>;
  /** Keeps what the action returned in `vars` under this name, for the nodes behind it; the policy has to wait. */
  readonly as?: string;
  readonly next: Id;
}

/** Changes traits at once: `set`, then `unset`, `increment`, `append`. */
export interface UpdateProfileNode<Id extends string = string> {
  readonly type: "updateProfile";
  readonly set?: { readonly [trait: string]: Operand };
  readonly unset?: readonly string[];
  /** Adds to a number; a missing trait counts as 0. */
  readonly increment?: { readonly [trait: string]: Operand };
  /** Adds an element to a list; a missing trait counts as an empty one. */
  readonly append?: { readonly [trait: string]: Operand };
  readonly next: Id;
}

/** Calls an HTTP endpoint through a connection. */
export interface WebhookNode<
  Connection extends string = string,
  Action extends string = string,
  Input extends object = JsonObject,
  Id extends string = string,
> {
  readonly type: "webhook";
  readonly connection: Connection;
  /** `post` unless stated. */
  readonly action?: Action;
  readonly input: Input;
  readonly outcome: OutcomePolicy<Id>;
  /** As for a {@link SendNode}. */
  readonly as?: string;
  readonly next: Id;
}

/** Ends the run with a label. */
export interface EndNode {
  readonly type: "end";
  readonly outcome: string;
}

/** The action of a webhook node whose author names none. */
export const webhookAction = "post";
