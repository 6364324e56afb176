import type { JsonObject } from "@wend/journey";
import type { Plugin, Problem } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import { z } from "zod";
import { uuidv7 } from "../ids.ts";
import type { Tx } from "../store/transaction.ts";
import { toProblems } from "../workspaces/parse-input.ts";
import { claimKey } from "./claim-key.ts";
import type { Connection, ConnectionRow } from "./connection.ts";
import { connectionColumns, deliverySettingValues, toConnection } from "./connection.ts";
import { deliverySettings } from "./delivery-settings.ts";
import { findAddressProblems } from "./find-address-problems.ts";
import { findConfigProblems, findUnknownFields, refuseProblems, splitConfig } from "./parse-config.ts";
import type { PluginRegistry } from "./plugin-registry.ts";
import type { SealedSecret, SecretBox } from "./secret-box.ts";

/** What writing a connection needs beside the transaction. */
export interface ConnectionSetup {
  readonly plugins: PluginRegistry;
  readonly secrets: SecretBox;
}

const jsonObject = z.record(z.string(), z.json()).transform((value) => value as JsonObject);

/** The limits an operator sets on a connection. */
export const connectionLimits = {
  onUnknown: z.enum(["hold", "resend", "drop"]).nullable().default(null),
  concurrency: z.number().int().min(1).max(1_000).default(50),
  ratePerSecond: z.number().int().min(1).max(100_000).nullable().default(null),
  acceptsUnsigned: z.boolean().default(false),
  ...deliverySettings,
};

/** What journeys name a connection or a route by. */
export const connectionKey = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, "a lower case letter, then letters, digits, - or _, at most 63");

const newConnection = z.strictObject({
  key: connectionKey,
  plugin: z.string(),
  config: jsonObject,
  ...connectionLimits,
});

// What the plugin has a say in, read on its own; a choice that is none has been refused and asks for no other.
const pluginPart = z.object({
  plugin: newConnection.shape.plugin,
  config: newConnection.shape.config,
  onUnknown: newConnection.shape.onUnknown.catch("hold"),
});

export type NewConnection = z.input<typeof newConnection>;

/** Stores a connection. Throws `connection.invalid_config` with all problems, `plugin.unknown`, `connection.key_taken`. */
export async function createConnection(tx: Tx, setup: ConnectionSetup, input: NewConnection): Promise<Connection> {
  const { key, config: written, ...rest } = parseConnection(setup.plugins, input);
  const plugin = setup.plugins.load(rest.plugin);
  const { config, secrets } = splitConfig(plugin, written);
  await claimKey(tx, key);
  const id = uuidv7();
  const sealed = sealAll(tx.workspaceId, id, { secrets, box: setup.secrets });
  const [row] = await tx.rows<ConnectionRow>(
    `insert into connections (workspace_id, id, key, plugin, channel, config, secrets, on_unknown, concurrency,
       rate_per_second, accepts_unsigned, daily_quota, warm_up, per_domain, sandbox, test_addresses, created_at,
       updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13, $14, $15, $16, $17, to_timestamp($12 / 1000e0),
       to_timestamp($12 / 1000e0))
     returning ${connectionColumns}`,
    [
      tx.workspaceId,
      id,
      key,
      rest.plugin,
      channelOf(plugin),
      JSON.stringify(config),
      JSON.stringify(sealed),
      rest.onUnknown,
      rest.concurrency,
      rest.ratePerSecond,
      rest.acceptsUnsigned,
      tx.now,
      ...deliverySettingValues(rest),
    ],
  );
  return toConnection(row!);
}

// Every problem at once: neither a bad key nor an unknown plugin hides what else is wrong.
function parseConnection(plugins: PluginRegistry, input: NewConnection): z.output<typeof newConnection> {
  const parsed = newConnection.safeParse(input);
  const problems = [
    ...toProblems(parsed.error?.issues ?? [], { code: "connection.invalid_config" }),
    ...findPluginProblems(plugins, input),
  ];
  const [first] = problems;
  if (first?.code === "plugin.unknown" && problems.length === 1) {
    throw new WendError("plugin.unknown", { pointer: first.pointer, detail: `The id is ${input.plugin}.`, problems });
  }
  refuseProblems(problems);
  return parsed.data!;
}

function findPluginProblems(plugins: PluginRegistry, input: NewConnection): Problem[] {
  const asked = pluginPart.safeParse(input);
  // What has no such shape is refused for it already.
  if (!asked.success) return [];
  const { plugin: id, config, onUnknown } = asked.data;
  const plugin = plugins.find(id);
  if (!plugin) return [toProblem(new WendError("plugin.unknown", { detail: `The id is ${id}.` }), "/plugin")];
  return [
    ...findUnknownFields(plugin, config),
    ...findConfigProblems(plugin, { config, onUnknown }),
    ...findAddressProblems(plugin, input),
  ];
}

// The channel decides which worker role serves the connection.
function channelOf(plugin: Plugin): string {
  return Object.values(plugin.manifest.actions)[0]!.channel;
}

export function sealAll(
  workspaceId: number,
  owner: string,
  { secrets, box }: { secrets: { readonly [field: string]: string }; box: SecretBox },
): Record<string, SealedSecret> {
  return Object.fromEntries(
    Object.entries(secrets).map(([field, secret]) => [field, box.seal({ workspaceId, owner, field }, secret)]),
  );
}
