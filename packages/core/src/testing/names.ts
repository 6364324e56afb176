import { randomBytes } from "node:crypto";

// The run's number stands in every name, so that a later run can tell what a dead one left.
const living = /^wend_test_(\d+)_/;
const kept = /^wend_red_(\d+)_/;

export const templateName = (run: number) => `wend_test_${run}_template`;
export const cloneName = (run: number) => `wend_test_${run}_${randomBytes(5).toString("hex")}`;

/** Leads every Redis key of a file. In braces: on a cluster all of them share a slot, which BullMQ needs. */
export const redisPrefixOf = (database: string) => `{${database}}`;

/** The run that made the database, if it is one of ours. */
export function runOf(database: string): number | undefined {
  const run = living.exec(database)?.[1];
  return run === undefined ? undefined : Number(run);
}

/** The name under which a red file's database stays: when, and which file. */
export function keptName(file: string, now: number): string {
  const slug = file.replace(/\.test\.ts$/, "").replaceAll(/[^a-z0-9]+/g, "_");
  return `wend_red_${Math.floor(now / 1000)}_${slug.slice(-36)}_${randomBytes(2).toString("hex")}`;
}

/** When a kept database was kept, in milliseconds. */
export function keptAt(database: string): number | undefined {
  const seconds = kept.exec(database)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** The same server, another database. */
export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.toString();
}
