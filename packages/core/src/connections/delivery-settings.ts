import { z } from "zod";

/** The quota of the days since `startsOn`, a civil day in UTC: nothing goes before it, and `dailyQuota` holds after the list. */
export interface WarmUp {
  readonly startsOn: string;
  readonly perDay: readonly number[];
}

/** What keeps a connection's deliveries from their customers: they go to one address, or nowhere. */
export type Sandbox = { readonly redirectTo: string } | { readonly record: true };

/** What an operator sets on a connection about its deliveries, beyond its rate. */
export interface DeliverySettings {
  /** Deliveries per civil day in UTC. */
  readonly dailyQuota: number | null;
  readonly warmUp: WarmUp | null;
  /** Recipient domain, or `*` for each of the others -> deliveries a minute. */
  readonly perDomain: { readonly [domain: string]: number };
  readonly sandbox: Sandbox | null;
  /** The only ones that test sends may go to. */
  readonly testAddresses: readonly string[];
}

/** The most of each. */
export const settingLimits = {
  dailyQuota: 1_000_000_000,
  warmUpDays: 366,
  perMinute: 1_000_000,
  domains: 1_000,
  testAddresses: 100,
} as const;

const quota = z.number().int().min(1).max(settingLimits.dailyQuota);
const perMinute = z.number().int().min(1).max(settingLimits.perMinute);
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const domain = z
  .string()
  .max(253)
  .regex(new RegExp(`^(?:\\*|(?:${label}\\.)+${label})$`), "a domain in lower case and ASCII, or *");

/** Each is refused on its own, so that one fault hides no other. */
export const deliverySettings = {
  dailyQuota: quota.nullable().default(null),
  warmUp: z
    .strictObject({ startsOn: z.iso.date(), perDay: z.array(quota).min(1).max(settingLimits.warmUpDays) })
    .nullable()
    .default(null),
  perDomain: z
    .record(domain, perMinute)
    .refine(
      (domains) => Object.keys(domains).length <= settingLimits.domains,
      `at most ${settingLimits.domains} domains`,
    )
    .default({}),
  sandbox: z
    .union([z.strictObject({ redirectTo: z.string() }), z.strictObject({ record: z.literal(true) })])
    .nullable()
    .default(null),
  testAddresses: z.array(z.string()).max(settingLimits.testAddresses).default([]),
};

/** The same, for a change: what is left out stays. */
export const deliverySettingsChange = {
  dailyQuota: deliverySettings.dailyQuota.unwrap().optional(),
  warmUp: deliverySettings.warmUp.unwrap().optional(),
  perDomain: deliverySettings.perDomain.unwrap().optional(),
  sandbox: deliverySettings.sandbox.unwrap().optional(),
  testAddresses: deliverySettings.testAddresses.unwrap().optional(),
};
