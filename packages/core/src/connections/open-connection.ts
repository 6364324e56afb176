import type { ActionManifest, Plugin, PluginConnection, PluginHost, ResolvedDedupe } from "@wend/plugin";
import { resolveDedupe, validateConnection, WendError } from "@wend/plugin";
import type { Logger } from "pino";
import type { Outbound, Way } from "../outbound/outbound.ts";
import type { ConnectionRow, OnUnknown } from "./connection.ts";
import { openSecrets } from "./open-secrets.ts";
import { parseConfig } from "./parse-config.ts";
import type { PluginRegistry } from "./plugin-registry.ts";
import type { SecretBox } from "./secret-box.ts";
import { withDeadline } from "./with-deadline.ts";

/** A connection ready to call: what its plugin opened, and what its row and manifest say about calling it. */
export interface OpenConnection {
  readonly id: string;
  readonly key: string;
  readonly channel: string;
  /** Changes with every change of the stored connection. */
  readonly version: string;
  readonly concurrency: number;
  readonly ratePerSecond: number | null;
  readonly onUnknown: OnUnknown | null;
  readonly actions: ReadonlyMap<string, OpenAction>;
  readonly instance: PluginConnection;
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
  readonly plugins: PluginRegistry;
  readonly secrets: SecretBox;
  readonly outbound: Outbound;
  readonly log: Logger;
  now(): number;
}

const connectTimeoutMs = 10_000;
const defaultTimeoutMs = 10_000;

/** Opens the plugin with its config in the clear. Throws what the plugin throws, or `plugin.timeout`. */
export async function openConnection(
  setup: OpenSetup,
  workspaceId: number,
  row: ConnectionRow,
): Promise<OpenConnection> {
  const plugin = setup.plugins.load(row.plugin);
  const written = { ...row.config, ...openSecrets(setup.secrets, workspaceId, row) };
  const config = parseConfig(plugin, written);
  const way = setup.outbound.open();
  try {
    const host = hostFor(setup, way, { workspaceId, connectionId: row.id, plugin: row.plugin });
    const instance = await withDeadline(connectTimeoutMs, () => plugin.connect(config, host));
    const problems = validateConnection(plugin.manifest, instance);
    if (problems.length > 0) throw new WendError("plugin.invalid", { problems });
    return {
      id: row.id,
      key: row.key,
      channel: row.channel,
      version: row.version,
      concurrency: row.concurrency,
      ratePerSecond: row.rate_per_second ?? slowestRate(plugin),
      onUnknown: row.on_unknown,
      actions: openActions(plugin, config),
      instance,
      close: () => closeAll(setup.log, way, instance),
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

// The provider counts calls, not actions.
function slowestRate(plugin: Plugin): number | null {
  const rates = Object.values(plugin.manifest.actions).flatMap((action) => action.rateLimit?.perSecond ?? []);
  return rates.length > 0 ? Math.min(...rates) : null;
}

function hostFor(setup: OpenSetup, way: Way, fields: object): PluginHost {
  const log = setup.log.child(fields);
  return {
    log: {
      debug: (more, message) => log.debug(more, message),
      info: (more, message) => log.info(more, message),
      warn: (more, message) => log.warn(more, message),
      error: (more, message) => log.error(more, message),
    },
    now: setup.now,
    fetch: way.fetch,
    resolveHost: way.resolveHost,
  };
}

async function closeAll(log: Logger, way: Way, instance: PluginConnection): Promise<void> {
  try {
    await withDeadline(connectTimeoutMs, async () => instance.close?.());
  } catch (error) {
    log.warn({ err: error }, "a plugin did not close");
  }
  await way.close();
}
