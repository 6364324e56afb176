import type { NewConnection } from "@wend/core";
import type { JsonObject } from "@wend/journey";
import type { Plugin } from "@wend/plugin";
import type { Customer } from "./customer.ts";

/**
 * What the bench has to know of a plugin: a new one is a file in `cases/` and its line in `cases.ts`. The functions run
 * in three processes, which share nothing but the port of the stand-in and the config made from it.
 */
export interface ChannelCase<Config extends ConnectionConfig = ConnectionConfig> {
  readonly plugin: Plugin;
  readonly action: string;
  /** The vendor's own client, or the usual one: the name of its package. */
  readonly client: string;
  /** Starts the stand-in for the vendor, which tells of each customer that a request has reached it for. */
  startProvider(took: (customer: string) => void): Promise<Provider>;
  /** Config of the connection; the client sends by the same. */
  config(place: Place): Config;
  /** What is sent, as the action takes it once it is rendered. */
  input(customer: Customer): JsonObject;
  /** Traits beside name, e-mail address and phone number. */
  traits?(customer: Customer, place: Place): JsonObject;
  openClient(config: Config, place: Place): Promise<BareClient>;
  /** In the place of the plugin's own rate limit, which would be what is measured. */
  readonly ratePerSecond?: number;
  /** Calls at once, where as many as elsewhere would be beyond what anybody sends. */
  readonly mostAtOnce?: number;
  /** A certificate to trust, in PEM, where the client knows TLS only. */
  readonly trusted?: string;
}

export type ConnectionConfig = NewConnection["config"];

/** Where the stand-in listens on 127.0.0.1, and how many calls there are at once. */
export interface Place {
  readonly port: number;
  readonly concurrency: number;
}

export interface Provider {
  readonly port: number;
  close(): Promise<void>;
}

/** The vendor's client without Wend around it. */
export interface BareClient {
  /** One request, of as many customers as one call of the action carries. Rejects unless it was accepted. */
  send(customers: readonly Customer[]): Promise<unknown>;
  close?(): void;
}

/** How many deliveries one call of the action carries. */
export const perCall = ({ plugin, action }: ChannelCase): number => plugin.manifest.actions[action]?.batch?.size ?? 1;
