import { afterAll, beforeAll, expect, it } from "vitest";
import { findRoute } from "../../src/connections/find-route.ts";
import { uuidv7 } from "../../src/ids.ts";
import { connectStore } from "../../src/store/connect.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";

let db: TestStore;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db?.close());

function connect(workspaceId: number): Promise<string> {
  const id = uuidv7();
  return inWorkspace(db.store, workspaceId, async (tx) => {
    await tx.run(
      `insert into connections (workspace_id, id, key, plugin, channel, config, created_at, updated_at)
       values ($1, $2, $2::uuid::text, 'page', 'web', '{}', now(), '2026-01-01T00:00:00.5Z')`,
      [tx.workspaceId, id],
    );
    return id;
  });
}

it("a connection is found by its id alone, in whichever workspace it lives", async () => {
  const other = await createWorkspace(db.store, { slug: "other", name: "Other" });
  for (const workspaceId of [db.workspace.id, other.id]) {
    const connectionId = await connect(workspaceId);
    const route = { workspaceId, connectionId, plugin: "page", channel: "web", version: "2026-01-01 00:00:00.5+00" };
    expect(await findRoute(db.store, connectionId)).toEqual(route);
    expect(await findRoute(db.store, connectionId.toUpperCase())).toEqual(route);
  }
});

it("what is no connection's id is nobody's, and asks the database nothing when it cannot be one", async () => {
  expect(await findRoute(db.store, uuidv7())).toBeUndefined();
  const nowhere = connectStore({ url: "postgres://nobody@127.0.0.1:1/none" });
  for (const id of ["", "page", "' or true", `${uuidv7()}x`]) expect(await findRoute(nowhere, id)).toBeUndefined();
  await expect(findRoute(nowhere, uuidv7())).rejects.toMatchObject({ code: "store.unavailable" });
  await nowhere.close();
});

it("an answer is repeated for a while without asking", async () => {
  const store = connectStore({ url: db.url });
  const [known, unknown] = [await connect(db.workspace.id), uuidv7()];
  const before = [await findRoute(store, known), await findRoute(store, unknown)];
  await store.close();
  expect([await findRoute(store, known), await findRoute(store, unknown)]).toEqual(before);
});
