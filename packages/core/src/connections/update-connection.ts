import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "@wend/journey";
import { z } from "zod";
import { releaseHeld } from "../deliver/record/release-held.ts";
import type { Tx } from "../store/transaction.ts";
import { toProblems } from "../workspaces/parse-input.ts";
import type { Connection, ConnectionRow } from "./connection.ts";
import { connectionColumns, deliverySettingsOf, deliverySettingValues, toConnection } from "./connection.ts";
import type { ConnectionSetup } from "./create-connection.ts";
import { connectionLimits, sealAll } from "./create-connection.ts";
import type { DeliverySettings } from "./delivery-settings.ts";
import { deliverySettingsChange } from "./delivery-settings.ts";
import { findAddressProblems } from "./find-address-problems.ts";
import { loadConnectionRow } from "./find-connection.ts";
import { openSecrets } from "./open-secrets.ts";
import { findConfigProblems, findUnknownFields, refusal, refuseProblems, splitConfig } from "./parse-config.ts";

const connectionChange = z.strictObject({
  connection: z.string().min(1).max(200),
  config: z.record(z.string(), z.json()).optional(),
  onUnknown: connectionLimits.onUnknown.unwrap().optional(),
  concurrency: connectionLimits.concurrency.unwrap().optional(),
  ratePerSecond: connectionLimits.ratePerSecond.unwrap().optional(),
  acceptsUnsigned: connectionLimits.acceptsUnsigned.unwrap().optional(),
  ...deliverySettingsChange,
});

/** `connection` is an id or a key. A `config` replaces the old one, but a secret it leaves out stays; null removes it. */
export type ConnectionChange = z.input<typeof connectionChange>;

type ParsedChange = z.output<typeof connectionChange>;

// What the stored connection has a say in, read on its own; a choice that is none has been refused and asks for no other.
const pluginPart = z.object({
  connection: connectionChange.shape.connection,
  config: connectionChange.shape.config,
  onUnknown: connectionChange.shape.onUnknown.catch("hold"),
});

/** Changes a connection; workers open it anew before their next call. Throws `connection.not_found`, `connection.invalid_config`. */
export async function updateConnection(tx: Tx, setup: ConnectionSetup, input: ConnectionChange): Promise<Connection> {
  const parsed = connectionChange.safeParse(input);
  const problems = toProblems(parsed.error?.issues ?? [], { code: "connection.invalid_config" });
  const asked = pluginPart.safeParse(input);
  // Of what has no such shape nothing more can be said.
  if (!asked.success) throw refusal(problems);
  const row = await loadConnectionRow(tx, asked.data.connection, { lock: true });
  const plugin = setup.plugins.load(row.plugin);
  const known = openSecrets(setup.secrets, tx.workspaceId, row);
  const change = parsed.data ?? asked.data;
  const written: Record<string, JsonObject[string]> = { ...known, ...((change.config ?? row.config) as JsonObject) };
  for (const secret of plugin.manifest.secrets ?? []) if (written[secret] === null) delete written[secret];
  const onUnknown = change.onUnknown === undefined ? row.on_unknown : change.onUnknown;
  refuseProblems([
    ...problems,
    // Only what the caller wrote: a field stored for an older version of the plugin is dropped.
    ...findUnknownFields(plugin, (change.config ?? {}) as JsonObject),
    ...findConfigProblems(plugin, { config: written, onUnknown }),
    ...findAddressProblems(plugin, input),
  ]);
  const { concurrency, ratePerSecond, acceptsUnsigned } = parsed.data!;
  const settings = { ...deliverySettingsOf(row), ...givenSettings(parsed.data!) };
  const { config, secrets } = splitConfig(plugin, written);
  const sealed = sealAll(tx.workspaceId, row.id, { secrets, box: setup.secrets });
  const [updated] = await tx.rows<ConnectionRow>(
    // Two changes of one instant must differ: updated_at is how workers see that they hold an old one.
    `update connections set config = $3, secrets = $4, on_unknown = $5, concurrency = $6, rate_per_second = $7,
       accepts_unsigned = $8, daily_quota = $10, warm_up = $11, per_domain = $12, sandbox = $13, test_addresses = $14,
       updated_at = greatest(to_timestamp($9 / 1000e0), updated_at + interval '1 microsecond')
     where workspace_id = $1 and id = $2 returning ${connectionColumns}`,
    [
      tx.workspaceId,
      row.id,
      JSON.stringify(config),
      JSON.stringify(sealed),
      onUnknown,
      concurrency ?? row.concurrency,
      ratePerSecond === undefined ? row.rate_per_second : ratePerSecond,
      acceptsUnsigned ?? row.accepts_unsigned,
      tx.now,
      ...deliverySettingValues(settings),
    ],
  );
  if (isPacedAnew(deliverySettingsOf(row), settings)) await releaseHeld(tx, row.id);
  return toConnection(updated!);
}

function givenSettings({ dailyQuota, warmUp, perDomain, sandbox, testAddresses }: ParsedChange) {
  const given = Object.entries({ dailyQuota, warmUp, perDomain, sandbox, testAddresses });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Partial<DeliverySettings>;
}

// Addresses for tests hold nothing back.
function isPacedAnew(before: DeliverySettings, after: DeliverySettings): boolean {
  const pace = ({ testAddresses: _, ...rest }: DeliverySettings) => rest;
  return !isDeepStrictEqual(pace(before), pace(after));
}
