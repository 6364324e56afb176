import type { Accepted } from "./contract/action.ts";
import type { CheckResult, LookupResult, Preview } from "./contract/connection.ts";
import type { Polled, Received, Served } from "./contract/incoming.ts";
import type { Receipt } from "./contract/receipt.ts";
import type { Signal } from "./contract/signal.ts";
import type { StrayKey } from "./stray-key.ts";

/** A sentence for each field of what a connection's handlers and methods return that nobody reads: a misspelt one. */
export type ResultFault<Connection> =
  | HandlerFault<Field<Connection, "actions">>
  | HandlerFault<Field<Connection, "batches">>
  | { [Method in keyof Results]: MethodFault<Method, Returned<Field<Connection, Method>>> }[keyof Results];

interface Results {
  readonly lookup: LookupResult;
  readonly receive: Received;
  readonly poll: Polled;
  readonly serve: Served;
  readonly preview: Preview;
  readonly check: CheckResult;
}

// Of a batch, what stands for each of its deliveries.
type HandlerFault<Handlers> = {
  [Name in keyof Handlers &
    string]: `The result of the action ${Name} has no field ${StrayKey<ItemOf<Returned<Handlers[Name]>>, Accepted<unknown> | { error: unknown }>}`;
}[keyof Handlers & string];

type MethodFault<Method extends keyof Results, Result> =
  | `The result of ${Method}() has no field ${StrayKey<Result, Results[Method]>}`
  | `A receipt of ${Method}() has no field ${StrayKey<ItemOf<Field<Result, "receipts">>, Receipt>}`
  | `A signal of ${Method}() has no field ${StrayKey<ItemOf<Field<Result, "signals">>, Signal>}`;

type Field<Type, Name extends string> = Type extends { readonly [N in Name]?: infer Held } ? NonNullable<Held> : never;

type Returned<Handler> = Handler extends (...parameters: never[]) => Promise<infer Result> ? Result : never;

type ItemOf<List> = List extends readonly (infer Item)[] ? Item : List;
