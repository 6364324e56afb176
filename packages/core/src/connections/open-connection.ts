import type { ActionManifest, Plugin, PluginConnection, PluginManifest, ResolvedDedupe } from "@wend/plugin";
import { resolveDedupe, validateConnection, WendError } from "@wend/plugin";
import type { Logger } from "pino";
import type { Limits } from "../deliver/limits/limits.ts";
import { limitsOf } from "../deliver/limits/limits.ts";
import { isRecorded } from "../deliver/sandbox/sandbox-for.ts";
import type { Outbound, Way } from "../outbound/outbound.ts";
import type { DeliveryNews } from "../serve/delivery-news.ts";
import { noNews } from "../serve/no-news.ts";
import type { Store } from "../store/connect.ts";
import type { PluginCall } from "./call-plugin.ts";
import { callPlugin } from "./call-plugin.ts";
import type { ConnectionRow, OnUnknown } from "./connection.ts";
import { deliverySettingsOf } from "./connection.ts";
import type { Sandbox } from "./delivery-settings.ts";
import { createPluginHost } from "./host/plugin-host.ts";
import { openSecrets } from "./open-secrets.ts";
import { parseConfig } from "./parse-config.ts";
import type { PluginRegistry } from "./plugin-registry.ts";
import type { SecretBox } from "./secret-box.ts";

/** A connection ready to call: what its plugin opened, and what its row and manifest say about calling it. */
export interface OpenConnection {
  readonly id: string;
  readonly key: string;
  readonly channel: string;
  /** Changes with every change of the stored connection. */
  readonly version: string;
  readonly concurrency: number;
  readonly ratePerSecond: number | null;
  /** Null when nothing is counted for it beyond its rate. */
  readonly limits: Limits | null;
  /** Null: what it sends reaches customers. */
  readonly sandbox: Sandbox | null;
  readonly testAddresses: readonly string[];
  readonly onUnknown: OnUnknown | null;
  readonly actions: ReadonlyMap<string, OpenAction>;
  /** The most deliveries that one call of any of its actions may carry. */
  readonly mostPerCall: number;
  readonly instance: PluginConnection;
  readonly manifest: PluginManifest;
  /** Takes webhooks without a signature. */
  readonly acceptsUnsigned: boolean;
  close(): Promise<void>;
}

export interface OpenAction {
  readonly name: string;
  readonly manifest: ActionManifest;
  /** As this connection's config decides it. */
  readonly dedupe: ResolvedDedupe;
  readonly timeoutMs: number;
}

export interface OpenSetup {
  readonly store: Store;
  readonly plugins: PluginRegistry;
  readonly secrets: SecretBox;
  readonly outbound: Outbound;
  /** Without it, who waits for deliveries looks twice a second. */
  readonly news?: DeliveryNews;
  readonly log: Logger;
  /** Where the world reaches the API. */
  readonly publicUrl: () => string;
  now(): number;
}

/** A stored connection, and the key that its links are signed with. */
export interface StoredConnection {
  readonly workspaceId: number;
  readonly row: ConnectionRow;
  readonly linkKey: Buffer | undefined;
}

const connectTimeoutMs = 10_000;
const defaultTimeoutMs = 10_000;

/** Opens the plugin with its config in the clear. Throws what keeps it from opening, as `callPlugin` does. */
export async function openConnection(
  setup: OpenSetup,
  { workspaceId, row, linkKey }: StoredConnection,
): Promise<OpenConnection> {
  const plugin = setup.plugins.load(row.plugin);
  const written = { ...row.config, ...openSecrets(setup.secrets, workspaceId, row) };
  const config = parseConfig(plugin, written);
  const way = setup.outbound.open();
  try {
    const host = createPluginHost({
      store: setup.store,
      id: { workspaceId, connectionId: row.id },
      way,
      news: setup.news ?? noNews,
      log: setup.log.child({ workspaceId, connectionId: row.id, plugin: row.plugin }),
      now: setup.now,
      connectionId: row.id,
      plugin: row.plugin,
      linkKey,
      publicUrl: setup.publicUrl,
    });
    const call = { plugin: row.plugin, connectionId: row.id, timeoutMs: connectTimeoutMs, log: setup.log };
    const instance = await callPlugin(call, () => plugin.connect(config, host));
    const problems = validateConnection(plugin.manifest, instance);
    if (problems.length > 0) throw new WendError("plugin.invalid", { problems });
    return {
      id: row.id,
      key: row.key,
      channel: row.channel,
      version: row.version,
      concurrency: row.concurrency,
      ...paceOf(plugin, row),
      sandbox: row.sandbox,
      testAddresses: row.test_addresses,
      onUnknown: row.on_unknown,
      actions: openActions(plugin, config),
      mostPerCall: Math.max(...Object.values(plugin.manifest.actions).map((action) => action.batch?.size ?? 1)),
      instance,
      manifest: plugin.manifest,
      acceptsUnsigned: row.accepts_unsigned,
      close: () => closeAll(call, way, instance),
    };
  } catch (error) {
    await way.close();
    throw error;
  }
}

function openActions(plugin: Plugin, config: Record<string, unknown>): Map<string, OpenAction> {
  return new Map(
    Object.entries(plugin.manifest.actions).map(([name, manifest]) => [
      name,
      {
        name,
        manifest,
        dedupe: resolveDedupe(manifest.dedupe, config),
        timeoutMs: manifest.timeoutMs ?? defaultTimeoutMs,
      },
    ]),
  );
}

// Where nothing is called there is nothing to pace.
function paceOf(plugin: Plugin, row: ConnectionRow): Pick<OpenConnection, "ratePerSecond" | "limits"> {
  if (isRecorded(row.sandbox)) return { ratePerSecond: null, limits: null };
  return { ratePerSecond: row.rate_per_second ?? slowestRate(plugin), limits: limitsOf(deliverySettingsOf(row)) };
}

// The provider counts calls, not actions.
function slowestRate(plugin: Plugin): number | null {
  const rates = Object.values(plugin.manifest.actions).flatMap((action) => action.rateLimit?.perSecond ?? []);
  return rates.length > 0 ? Math.min(...rates) : null;
}

async function closeAll(call: PluginCall, way: Way, instance: PluginConnection): Promise<void> {
  try {
    await callPlugin(call, async () => instance.close?.());
  } catch (error) {
    call.log.warn({ connectionId: call.connectionId, err: error }, "a plugin did not close");
  }
  await way.close();
}
