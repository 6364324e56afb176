import { join, resolve } from "node:path";
import { WendError } from "@wend/plugin";
import { asOwner } from "../store/owner.ts";
import type { Account } from "./account.ts";
import { findAccount } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { findBinaries } from "./binaries.ts";
import type { Cluster } from "./cluster.ts";
import { prepareCluster } from "./cluster.ts";
import { reachableFolder } from "./folders.ts";
import { lockFolder } from "./lock.ts";
import { makeFolders } from "./make-folders.ts";
import { choosePort, isFree } from "./port.ts";
import { keepSecret } from "./secret.ts";
import type { Server } from "./server.ts";
import { startServer } from "./server.ts";
import { settings, throwaway } from "./settings.ts";

export interface EmbeddedOptions {
  /** Where the data stays. When the server's account cannot enter it, another folder is used and `note` says so. */
  readonly dataDir: string;
  /** Defaults to the port of the last start, else a free one. */
  readonly port?: number;
  /** For throwaway data only: a crash of the machine may destroy it. */
  readonly throwaway?: boolean;
}

export interface Embedded {
  readonly url: string;
  /** Where the data really is. */
  readonly dataDir: string;
  readonly port: number;
  /** Kept beside the data: encrypts the secrets of connections when the operator configured no key. */
  readonly secretKey: Uint8Array;
  /** Process id of the server. */
  readonly pid: number;
  /** One line for the operator when something is not where it was wished. */
  readonly note: string | undefined;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the server in order and frees the folder. Close the pools first. */
  stop(): Promise<void>;
}

interface Place {
  readonly dataDir: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
}

/** Starts PostgreSQL on a folder of its own, as root or not, and returns the address of its database. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const place = await findPlace(options.dataDir);
  const { dataDir } = place;
  const lock = await lockFolder(join(dataDir, "lock"));
  try {
    const secretKey = await keepSecret(join(dataDir, "secret-key"), 32);
    const cluster = await prepareCluster(dataDir, place.binaries, place.account);
    const { port, server } = await startOnPort(options, place, cluster);
    const url = await openDatabase(cluster, port, server);
    const stop = async () => {
      await server.stop();
      await lock.release();
    };
    const { pid, ended } = server;
    return { url, dataDir, port, secretKey, pid, ended, note: noteOn(options.dataDir, place), stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

// A free port may be taken by somebody else before the server has it; then another one is tried.
async function startOnPort(
  options: EmbeddedOptions,
  { dataDir, binaries, account }: Place,
  { folder }: Cluster,
): Promise<{ port: number; server: Server }> {
  const started = {
    postgres: binaries.postgres,
    account,
    folder,
    logFile: join(dataDir, "postgres.log"),
    settings: options.throwaway ? [...settings, ...throwaway] : settings,
  };
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(options.port, join(dataDir, "port"));
    try {
      return { port, server: await startServer({ ...started, port }) };
    } catch (error) {
      if (attempt === 3 || (await isFree(port))) throw error;
    }
  }
}

async function findPlace(wish: string): Promise<Place> {
  if (process.platform === "win32") {
    throw new WendError("store.embedded_failed", { detail: "It runs on Linux and macOS; set DATABASE_URL instead." });
  }
  const account = await findAccount();
  const [dataDir, binaries] = await Promise.all([reachableFolder(wish, account), findBinaries(account)]);
  await makeFolders(dataDir);
  return { dataDir, account, binaries };
}

// The login owns its database and may make others and roles; it is no superuser, so SQL never reaches files or programs.
async function openDatabase({ password }: Cluster, port: number, server: Server): Promise<string> {
  const url = (login: string, database: string) =>
    `postgres://${login}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
  try {
    await asOwner(url("postgres", "postgres"), async (client) => {
      const { rows } = await client.query<{ made: boolean }>(
        "select exists (select from pg_database where datname = 'wend') as made",
      );
      if (rows[0]!.made) return;
      await client.query(
        `do $$ begin create role wend login createdb createrole password '${password}';
         exception when duplicate_object then null; end $$`,
      );
      // A database of its own that is to go may be under vacuum.
      await client.query("grant pg_signal_backend, pg_signal_autovacuum_worker to wend");
      await client.query("create database wend owner wend");
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return url("wend", "wend");
}

function noteOn(wish: string, { dataDir, binaries, account }: Place): string | undefined {
  const moved = dataDir === resolve(wish) ? [] : [`data in ${dataDir} instead of ${resolve(wish)}`];
  if (binaries.copiedTo !== undefined) moved.push(`programs in ${binaries.copiedTo}`);
  if (moved.length === 0) return undefined;
  return `PostgreSQL runs as user ${account?.name}, who cannot enter the usual folders: ${moved.join(", ")}.`;
}
