import type { PluginConnection } from "./contract/connection.ts";
import type { ActionManifests } from "./contract/manifest.ts";
import type { ReceiptKind } from "./contract/receipt.ts";
import type { SignalManifests } from "./contract/signal.ts";
import type { ResultFault } from "./result-fault.ts";
import type { StrayKey } from "./stray-key.ts";

/** `unknown` of a connection that keeps what its manifest promises, else the sentences that say what it does not. */
export type Verdict<
  Actions extends ActionManifests,
  Kinds extends ReceiptKind,
  Signals extends SignalManifests,
  Connection,
> = string extends keyof Actions
  ? unknown
  : [Fault<Actions, Kinds, Signals, Connection>] extends [never]
    ? unknown
    : Fault<Actions, Kinds, Signals, Connection>;

type Fault<Actions extends ActionManifests, Kinds extends ReceiptKind, Signals extends SignalManifests, Connection> =
  | `The action ${Exclude<keyof Actions, HandlersOf<Connection, "actions">> & string} has no handler`
  | `The manifest declares no action ${Exclude<HandlersOf<Connection, "actions">, keyof Actions> & string}`
  | `The action ${Exclude<BatchedOf<Actions>, HandlersOf<Connection, "batches">>} declares batch: it needs a handler in batches`
  | `A connection has no method ${StrayKey<Connection, PluginConnection>}`
  | ResultFault<Connection>
  | LookupFault<Actions, Connection>
  | ReceiverFault<Told<Kinds, keyof Signals>, Connection>;

// Optional, so that it holds of ConnectionInPart too: that is what stands for a connection while its handlers are typed.
type HandlersOf<Connection, Field extends string> = Connection extends { readonly [F in Field]?: infer Handlers }
  ? keyof NonNullable<Handlers>
  : never;

type BatchedOf<Actions extends ActionManifests> = {
  [Name in keyof Actions & string]: Actions[Name] extends { readonly batch: object } ? Name : never;
}[keyof Actions & string];

type LookupFault<Actions extends ActionManifests, Connection> = "lookup" extends Actions[keyof Actions]["dedupe"]["by"]
  ? "lookup" extends keyof Connection
    ? never
    : "An action declares dedupe by lookup: the connection needs lookup()"
  : never;

type ReceiverFault<Facts extends string, Connection> = [Facts] extends [never]
  ? never
  : [Extract<keyof Connection, "receive" | "poll" | "serve">] extends [never]
    ? `The manifest declares ${Facts}: the connection needs receive(), poll() or serve()`
    : never;

// The first of them that a manifest declares. One whose type is not known tells nothing of what it declares.
type Told<Kinds extends ReceiptKind, Names> = [Kinds] extends [never]
  ? [Names] extends [never]
    ? never
    : string extends Names
      ? never
      : "signals"
  : ReceiptKind extends Kinds
    ? never
    : "events";
