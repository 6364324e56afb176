import type { ActionManifests } from "@wend/plugin";
import type { JourneyDefinition } from "../language/definition.ts";
import type { LocalNode, Node, SendNode, WebhookNode, webhookAction } from "../language/node.ts";
import type { Callable } from "./callable.ts";
import type { WrittenInput } from "./written-input.ts";

/** A definition whose sends and webhooks are held to the actions there are, and whose edges to its own nodes. */
export interface AuthoredDefinition<Calls extends Callable, Id extends string>
  extends Omit<JourneyDefinition, "start" | "nodes"> {
  readonly start: NoInfer<Id>;
  readonly nodes: {
    readonly [Key in Id]: LocalNode<NoInfer<Id>> | CallNodes<Calls, NoInfer<Id>>[keyof Calls & string];
  };
}

/** A journey like any other, with the ids of its nodes. */
export type AuthoredJourney<Id extends string> = JourneyDefinition & {
  readonly nodes: { readonly [Key in Id]: Node };
};

// One type of node for each action of each connection: the compiler finds the one that is meant by its literals, and so
// points to the property that differs.
type CallNodes<Calls extends Callable, Id extends string> = {
  [Key in keyof Calls & string]: ActionNodes<Key, Calls[Key], Id>[keyof Calls[Key] & string];
};

type ActionNodes<Key extends string, Actions extends ActionManifests, Id extends string> = {
  [Name in keyof Actions & string]:
    | SendNode<Key, Name, WrittenInput<Actions[Name]>, Id>
    | CallingWebhook<Key, Name, WrittenInput<Actions[Name]>, Id>;
};

type CallingWebhook<
  Key extends string,
  Name extends string,
  Input extends object,
  Id extends string,
> = Name extends typeof webhookAction
  ? WebhookNode<Key, Name, Input, Id>
  : WebhookNode<Key, Name, Input, Id> & { readonly action: Name };
