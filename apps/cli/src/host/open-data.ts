import type { Env } from "@wend/core";
import { migrate, migrateQueues } from "@wend/core";
import { startEmbedded } from "@wend/core/embedded";

/** A migrated database to run on, and what belongs to it. */
export interface Data {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly secretKey: Uint8Array | undefined;
  readonly previousSecretKeys: readonly Uint8Array[];
  /** Where it lives, in words for the operator. */
  readonly place: string;
  /** Resolves when the database has ended by itself or by `close`; that of a server elsewhere is not watched. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/** The servers of DATABASE_URL and REDIS_URL, or an embedded PostgreSQL; either is brought to this version's schema. */
export async function openData(env: Env): Promise<Data> {
  if (env.databaseUrl === undefined) return openEmbedded(env);
  await migrateAll(env.databaseOwnerUrl ?? env.databaseUrl);
  return {
    databaseUrl: env.databaseUrl,
    redisUrl: env.redisUrl,
    secretKey: env.secretKey,
    previousSecretKeys: env.previousSecretKeys,
    place: `Postgres at ${new URL(env.databaseUrl).host}${env.redisUrl ? `, Redis at ${new URL(env.redisUrl).host}` : ""}`,
    ended: new Promise(() => {}),
    close: async () => {},
  };
}

async function openEmbedded(env: Env): Promise<Data> {
  const embedded = await startEmbedded({ dataDir: env.dataDir });
  try {
    await migrateAll(embedded.url);
    return {
      databaseUrl: embedded.url,
      redisUrl: env.redisUrl,
      // It needs no configuration, so it keeps a key of its own beside its data; what that sealed stays readable.
      secretKey: env.secretKey ?? embedded.secretKey,
      previousSecretKeys: [...env.previousSecretKeys, embedded.secretKey],
      place: `embedded PostgreSQL in ${embedded.dataDir}${embedded.note ? `\n${embedded.note}` : ""}`,
      ended: embedded.ended,
      close: () => embedded.stop(),
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function migrateAll(url: string): Promise<void> {
  await migrate(url);
  await migrateQueues(url);
}
