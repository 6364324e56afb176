import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectQueues } from "../../src/queue/connect.ts";
import { migrateQueues } from "../../src/queue/schema.ts";
import { asOwner } from "../../src/store/owner.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { log } from "./servers.ts";

describe("queues in postgres", () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await createTestStore();
  });
  afterAll(() => store.close());

  test("are refused with a code while their schema is missing", async () => {
    await asOwner(store.url, (client) => client.query("drop schema if exists bullmq cascade"));
    await expect(connectQueues({ databaseUrl: store.url, log })).rejects.toMatchObject({ code: "store.schema_older" });
  });

  test("are migrated once, however many migrate at the same time", async () => {
    await Promise.all([migrateQueues(store.url), migrateQueues(store.url), migrateQueues(store.url)]);
    const queues = await connectQueues({ databaseUrl: store.url, log });
    expect(queues.backend).toBe("postgres");
    await queues.close();
  });

  test("are refused with a code when the schema is of a later major version", async () => {
    await migrateQueues(store.url);
    await asOwner(store.url, (client) => client.query("update bullmq.migration set min_client_version = 99"));
    await expect(connectQueues({ databaseUrl: store.url, log })).rejects.toMatchObject({ code: "store.schema_newer" });
  });

  test("are refused with a code when the database cannot be reached", async () => {
    const databaseUrl = "postgres://nobody@127.0.0.1:1/none";
    await expect(connectQueues({ databaseUrl, log })).rejects.toMatchObject({ code: "store.unavailable" });
  });

  test("use one connection to listen, however many consumers there are", async () => {
    const other = await createTestStore();
    await migrateQueues(other.url);
    const queues = await connectQueues({ databaseUrl: other.url, log });
    let served = 0;
    for (let i = 0; i < 20; i++) {
      const target = { workspaceId: 1, connectionId: `c${i}` };
      queues.consumeDeliveries(target, async () => (served += 1), { concurrency: 1 });
      await queues.dispatch(target, ["0"]);
    }
    await expect.poll(() => served, { timeout: 10_000 }).toBe(20);
    const { rows } = await other.store.app.query<{ count: number }>(
      "select count(*) from pg_stat_activity where datname = current_database() and application_name like 'wend-queue%'",
    );
    expect(rows[0]!.count).toBeLessThanOrEqual(7);
    await queues.close();
    await other.close();
  });
});
