import type { JsonObject } from "@wend/journey";
import type { SealedSecret } from "./secret-box.ts";

/** What becomes of a delivery whose outcome is unknown where the provider can neither dedupe nor be asked. */
export type OnUnknown = "hold" | "resend" | "drop";

/** One configured instance of a plugin, as the API shows it: secrets go in and never come out. */
export interface Connection {
  readonly id: string;
  /** The name journeys use. */
  readonly key: string;
  readonly plugin: string;
  readonly channel: string;
  readonly config: JsonObject;
  /** Names of the secrets that are set. */
  readonly secrets: readonly string[];
  readonly onUnknown: OnUnknown | null;
  /** Calls under way at once, per worker. */
  readonly concurrency: number;
  /** Calls per second over all workers; null: the plugin's own limit, if it has one. */
  readonly ratePerSecond: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ConnectionRow {
  id: string;
  key: string;
  plugin: string;
  channel: string;
  config: JsonObject;
  secrets: { readonly [field: string]: SealedSecret };
  on_unknown: OnUnknown | null;
  concurrency: number;
  rate_per_second: number | null;
  created_at: number;
  updated_at: number;
  /** `updated_at` to the microsecond: what tells one configuration of a connection from the next. */
  version: string;
}

export const connectionColumns = `id, key, plugin, channel, config, secrets, on_unknown, concurrency, rate_per_second,
  created_at, updated_at, updated_at::text as version`;

export function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    key: row.key,
    plugin: row.plugin,
    channel: row.channel,
    config: row.config,
    secrets: Object.keys(row.secrets).sort(),
    onUnknown: row.on_unknown,
    concurrency: row.concurrency,
    ratePerSecond: row.rate_per_second,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
