import type { JsonObject } from "@wend/journey";
import type { DeliverySettings, Sandbox, WarmUp } from "./delivery-settings.ts";
import type { SealedSecret } from "./secret-box.ts";

/** What becomes of a delivery whose outcome is unknown where the provider can neither dedupe nor be asked. */
export type OnUnknown = "hold" | "resend" | "drop";

/** One configured instance of a plugin, as the API shows it: secrets go in and never come out. */
export interface Connection extends DeliverySettings {
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
  /** Takes webhooks that their provider does not sign. */
  readonly acceptsUnsigned: boolean;
  /** A worker takes its provider to be down, and calls it again after this instant; null: none does. */
  readonly downUntil: number | null;
  /** Facts that its plugin told and that could not be stored. */
  readonly lostFacts: number;
  /** When the last of them came; null when there was none. */
  readonly lostFactsAt: number | null;
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
  accepts_unsigned: boolean;
  down_until: number | null;
  lost_facts: number;
  lost_facts_at: number | null;
  daily_quota: number | null;
  warm_up: WarmUp | null;
  per_domain: DeliverySettings["perDomain"];
  sandbox: Sandbox | null;
  test_addresses: string[];
  created_at: number;
  updated_at: number;
  /** `updated_at` to the microsecond: what tells one configuration of a connection from the next. */
  version: string;
}

export const connectionColumns = `id, key, plugin, channel, config, secrets, on_unknown, concurrency, rate_per_second,
  accepts_unsigned, case when down_until > clock_timestamp() then down_until end as down_until, lost_facts, lost_facts_at, daily_quota, warm_up, per_domain, sandbox, test_addresses,
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
    acceptsUnsigned: row.accepts_unsigned,
    downUntil: row.down_until,
    lostFacts: row.lost_facts,
    lostFactsAt: row.lost_facts_at,
    ...deliverySettingsOf(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function deliverySettingsOf(row: ConnectionRow): DeliverySettings {
  return {
    dailyQuota: row.daily_quota,
    warmUp: row.warm_up,
    perDomain: row.per_domain,
    sandbox: row.sandbox,
    testAddresses: row.test_addresses,
  };
}

/** Values for `daily_quota, warm_up, per_domain, sandbox, test_addresses`. */
export function deliverySettingValues(settings: DeliverySettings): unknown[] {
  const { dailyQuota, warmUp, perDomain, sandbox, testAddresses } = settings;
  const orNull = (value: object | null) => (value === null ? null : JSON.stringify(value));
  return [dailyQuota, orNull(warmUp), JSON.stringify(perDomain), orNull(sandbox), testAddresses];
}
