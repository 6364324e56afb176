import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Embedded } from "@wend/core/embedded";
import { startEmbedded } from "@wend/core/embedded";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assertSchema } from "../../src/store/assert-schema.ts";
import { connectStore } from "../../src/store/connect.ts";
import { migrate } from "../../src/store/migrate.ts";
import { schemaVersion } from "../../src/store/migrations/list.ts";
import { asOwner } from "../../src/store/owner.ts";
import { urlOf } from "../../src/testing/names.ts";

// Roles belong to a cluster, so what happens where they do not exist yet needs a cluster of its own.
let cluster: Embedded;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wend-roles-"));
  await chmod(folder, 0o755);
  cluster = await startEmbedded({ dataDir: folder, throwaway: true });
});
afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

async function check(url: string): Promise<void> {
  const store = connectStore({ url });
  try {
    await assertSchema(store);
  } finally {
    await store.close();
  }
}

const own = (statement: string) => asOwner(cluster.url, (client) => client.query(statement));

describe("the roles of a cluster", () => {
  it("are missing before the first migration, and a start says what to do", async () => {
    await expect(check(cluster.url)).rejects.toMatchObject({ code: "store.schema_older" });
  });

  it("are made once when eight databases are migrated at the same time by a login that is no superuser", async () => {
    const names = Array.from({ length: 8 }, (_, n) => `database_${n}`);
    for (const name of names) await own(`create database ${name}`);
    const results = await Promise.all(names.map((name) => migrate(urlOf(cluster.url, name))));
    expect(results).toEqual(names.map(() => ({ from: 0, to: schemaVersion })));
    await Promise.all(names.map((name) => check(urlOf(cluster.url, name))));
  });

  it("cannot be taken by a login that nobody granted them to, and a start says so", async () => {
    await own("create role stranger login password 'stranger'");
    const url = new URL(urlOf(cluster.url, "database_0"));
    url.username = url.password = "stranger";
    await expect(check(url.toString())).rejects.toMatchObject({ code: "store.role_missing" });
  });

  it("are refused when one may do more than it should", async () => {
    await own("alter role wend_app createrole");
    await expect(migrate(urlOf(cluster.url, "database_0"))).rejects.toMatchObject({ code: "store.unsafe_role" });
    await own("alter role wend_app nocreaterole");
    await own("create role powerful");
    await own("grant powerful to wend_app");
    await expect(migrate(urlOf(cluster.url, "database_0"))).rejects.toMatchObject({ code: "store.unsafe_role" });
    await own("revoke powerful from wend_app");
    await migrate(urlOf(cluster.url, "database_0"));
  });
});
