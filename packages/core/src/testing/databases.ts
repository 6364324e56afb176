import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { inject } from "vitest";
import { codeOf } from "../store/failures.ts";
import { asOwner } from "../store/owner.ts";
import { cloneName, keptName, redisPrefixOf, urlOf } from "./names.ts";
import { removeKeys } from "./redis-keys.ts";
import "./provided.ts";

// Of this test file: vitest gives every file its own modules.
const clones: string[] = [];

export interface Clone {
  readonly name: string;
  readonly url: string;
}

/** Clones the run's template. Dropped by `settleDatabases`. */
export function cloneDatabase(): Promise<Clone> {
  return createDatabase(`template ${inject("wend").template}`);
}

/** A database without Wend's schema. Dropped by `settleDatabases`. */
export function emptyDatabase(): Promise<Clone> {
  return createDatabase("template template0");
}

async function createDatabase(from: string): Promise<Clone> {
  const server = inject("wend");
  const name = cloneName(server.run);
  await asOwner(server.url, (client) => client.query(`create database ${name} ${from}`));
  clones.push(name);
  return { name, url: urlOf(server.url, name) };
}

/** After a test file: drops its databases, or keeps them when it is red and says under which names. */
export async function settleDatabases(file: string, red: boolean): Promise<readonly string[]> {
  const names = clones.splice(0);
  if (names.length === 0) return names;
  const { url, redisUrl } = inject("wend");
  if (redisUrl !== undefined) for (const name of names) await removeKeys(redisUrl, redisPrefixOf(name));
  return asOwner(url, async (client) => {
    const kept: string[] = [];
    for (const name of names) {
      if (!red) {
        await untilNoAutovacuum(() => client.query(`drop database if exists ${name} with (force)`));
        continue;
      }
      const keep = keptName(file, Date.now());
      await untilNoAutovacuum(() => rename(client, name, keep));
      kept.push(urlOf(url, keep));
    }
    return kept;
  });
}

async function rename(client: pg.Client, name: string, to: string): Promise<void> {
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  await client.query(`alter database ${name} rename to ${to}`);
}

const TRIES = 100;

// A login that is no superuser may not end an autovacuum, which is over in a while. Whatever is left then goes with the
// embedded server, or by the next run on this one.
async function untilNoAutovacuum(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      await work();
      return;
    } catch (error) {
      if (codeOf(error) !== "42501") throw error;
      await sleep(100);
    }
  }
}
