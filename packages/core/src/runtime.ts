import type { Plugin } from "@wend/plugin";
import type { Logger } from "pino";
import type { Accept } from "./accept/accept.ts";
import { createAccept } from "./accept/create-accept.ts";
import type { Clock } from "./clock.ts";
import type { Connections } from "./connections/connections.ts";
import { createConnections } from "./connections/connections.ts";
import type { PluginRegistry } from "./connections/plugin-registry.ts";
import { createPluginRegistry } from "./connections/plugin-registry.ts";
import type { SecretBox } from "./connections/secret-box.ts";
import { createSecretBox } from "./connections/secret-box.ts";
import type { CustomerTokens } from "./customers/customer-tokens.ts";
import { createCustomerTokens } from "./customers/customer-tokens.ts";
import type { VersionCache } from "./journeys/version-cache.ts";
import { createVersionCache } from "./journeys/version-cache.ts";
import { createOutbound } from "./outbound/outbound.ts";
import { connectQueues } from "./queue/connect.ts";
import type { Queues } from "./queue/queues.ts";
import type { StoreFacts } from "./receipt/store-facts.ts";
import { createStoreFacts } from "./receipt/store-facts.ts";
import { createDeliveryNews } from "./serve/delivery-news.ts";
import { assertSchema } from "./store/assert-schema.ts";
import type { Store } from "./store/connect.ts";
import { connectStore } from "./store/connect.ts";
import type { SuppressionList } from "./suppressions/suppression-list.ts";
import { createSuppressionList } from "./suppressions/suppression-list.ts";

/** Everything that is shared within one process; made once by `connectRuntime`. */
export interface Runtime {
  readonly store: Store;
  readonly queues: Queues;
  readonly accept: Accept;
  readonly plugins: PluginRegistry;
  readonly versions: VersionCache;
  readonly connections: Connections;
  readonly secrets: SecretBox;
  readonly suppressions: SuppressionList;
  readonly customerTokens: CustomerTokens;
  readonly storeFacts: StoreFacts;
  /** Private ranges that connections may reach, as the operator allows. */
  readonly allowPrivate: readonly string[];
  /** Where the world reaches the API. */
  publicUrl(): string;
  readonly log: Logger;
  /** Closes queues, connections, then pools. Stop the API and the workers first. */
  close(): Promise<void>;
}

export interface RuntimeOptions {
  readonly databaseUrl: string;
  /** Absent: the queues live in the database. */
  readonly redisUrl?: string | undefined;
  readonly plugins: readonly Plugin[];
  readonly log: Logger;
  /** 32 bytes that encrypt the secrets of connections and the key of the suppression list; without it, both are refused. */
  readonly secretKey?: Uint8Array | undefined;
  /** Keys that sealed before `secretKey` did: they open, and seal nothing. */
  readonly previousSecretKeys?: readonly Uint8Array[];
  readonly allowPrivate?: readonly string[];
  /** Where the world reaches the API, without a slash at the end. */
  readonly publicUrl?: () => string;
  /** Defaults to the database's clock. */
  readonly clock?: Clock;
  /** Most connections to the database, beside those of the queues. */
  readonly poolSize?: number;
  /** Leads every key in Redis. */
  readonly queuePrefix?: string;
  readonly applicationName?: string;
}

const defaultPublicUrl = "http://127.0.0.1:4400";

/**
 * Checks the plugins, opens the store and the queues. Throws `plugin.invalid` with all faults, `store.unavailable`,
 * `store.schema_older`, `store.schema_newer`, `queue.eviction_policy`.
 */
export async function connectRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { databaseUrl, redisUrl, log } = options;
  const plugins = createPluginRegistry(options.plugins);
  const secrets = createSecretBox(options.secretKey, options.previousSecretKeys);
  const { allowPrivate = [], publicUrl = () => defaultPublicUrl } = options;
  const store = connectStore({
    url: databaseUrl,
    max: options.poolSize ?? 10,
    applicationName: options.applicationName ?? "wend",
    ...(options.clock && { clock: options.clock }),
  });
  try {
    await assertSchema(store);
    const queues = await connectQueues({
      databaseUrl,
      redisUrl,
      log,
      // A clock that is moved by hand says nothing of how busy a shard is.
      pace: options.clock === undefined,
      ...(options.queuePrefix !== undefined && { prefix: options.queuePrefix }),
    });
    const suppressions = createSuppressionList(secrets);
    const now = () => store.clock.fixed() ?? Date.now();
    const news = createDeliveryNews(databaseUrl, log);
    const connections = createConnections({
      store,
      news,
      plugins,
      secrets,
      outbound: createOutbound(allowPrivate),
      log,
      publicUrl,
      now,
    });
    return {
      store,
      queues,
      accept: createAccept({ store, queues, log }),
      plugins,
      versions: createVersionCache(plugins),
      connections,
      secrets,
      suppressions,
      storeFacts: createStoreFacts({ store, queues, suppressions, connections, log }),
      customerTokens: createCustomerTokens(store, secrets),
      allowPrivate,
      publicUrl,
      log,
      close: async () => {
        await queues.close();
        await connections.close();
        await news.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
