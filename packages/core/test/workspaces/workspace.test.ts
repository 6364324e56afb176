import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inWorkspace } from "../../src/store/transaction.ts";
import { findWorkspace } from "../../src/workspaces/find-workspace.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";

describe("a workspace", () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await createTestStore();
  });
  afterAll(() => test.close());

  it("is made with a row for each of its shards", async () => {
    const made = await createWorkspace(test.store, { slug: "four", name: "Four", shards: 4 });
    const rows = await inWorkspace(test.store, made.id, (tx) => tx.rows("select n from shards order by n"));
    expect(rows).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it("has sixteen shards unless told otherwise", async () => {
    expect(test.workspace.shards).toBe(16);
  });

  it("is found by id, by id as text, and by slug", async () => {
    const { workspace, store } = test;
    expect(await findWorkspace(store, workspace.id)).toEqual(workspace);
    expect(await findWorkspace(store, String(workspace.id))).toEqual(workspace);
    expect(await findWorkspace(store, workspace.slug)).toEqual(workspace);
  });

  it.each([0, -1, 1.5, 2 ** 31, "99999999999", "no-such", "", "'; drop table workspaces"])(
    "is not found by %j",
    async (wrong) => {
      expect(await findWorkspace(test.store, wrong)).toBeUndefined();
    },
  );

  it("cannot take the slug of another, and leaves nothing behind when it tries", async () => {
    await expect(createWorkspace(test.store, { slug: "test", name: "Again" })).rejects.toMatchObject({
      code: "workspace.slug_taken",
    });
  });

  it("names every fault of its input at once", async () => {
    const wrong = { slug: "Not A Slug", name: "", shards: 3 as 4 };
    await expect(createWorkspace(test.store, wrong)).rejects.toMatchObject({
      code: "workspace.invalid",
      problems: [{ pointer: "/slug" }, { pointer: "/name" }, { pointer: "/shards" }],
    });
  });
});
