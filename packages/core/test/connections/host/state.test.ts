import type { PluginState } from "@wend/plugin";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createState } from "../../../src/connections/host/state.ts";
import { uuidv7 } from "../../../src/ids.ts";
import type { TestStore } from "../../../src/testing/index.ts";
import { createTestStore } from "../../../src/testing/index.ts";
import { createWorkspace } from "../../../src/workspaces/workspace.ts";

let db: TestStore;
let connectionId: string;
let state: PluginState;
beforeAll(async () => {
  db = await createTestStore();
});
beforeEach(() => {
  connectionId = uuidv7();
  state = stateOf(connectionId);
});
afterAll(() => db?.close());

const stateOf = (id: string, workspaceId = db.workspace.id) => createState(db.store, { workspaceId, connectionId: id });

describe("what a plugin keeps", () => {
  it("is there until it is replaced or removed", async () => {
    expect(await state.get("token")).toBeUndefined();
    await state.set("token", "one");
    await state.set("other", "");
    expect(await state.get("token")).toBe("one");
    await state.set("token", "two");
    expect(await state.get("token")).toBe("two");
    await state.set("token", undefined);
    await state.set("token", undefined);
    expect([await state.get("token"), await state.get("other")]).toEqual([undefined, ""]);
  });

  it("is read by many keys at once, as far as there is something", async () => {
    await state.set("a", "one");
    await state.set("b", "");
    await stateOf(uuidv7()).set("c", "another's");
    expect([...(await state.getAll(["a", "b", "c", "d"]))].sort()).toEqual([
      ["a", "one"],
      ["b", ""],
    ]);
    expect((await state.getAll([])).size).toBe(0);
  });

  it("is the same wherever the connection is open", async () => {
    await state.set("token", "one");
    expect(await stateOf(connectionId).get("token")).toBe("one");
  });

  it("is no other connection's and no other workspace's", async () => {
    const { id } = await createWorkspace(db.store, { slug: "other", name: "Other" });
    await state.set("token", "mine");
    for (const elsewhere of [stateOf(uuidv7()), stateOf(connectionId, id)]) {
      expect(await elsewhere.get("token")).toBeUndefined();
      await elsewhere.set("token", "theirs");
      await elsewhere.set("token", undefined);
    }
    expect(await state.get("token")).toBe("mine");
  });

  it("has up to 10,000 characters", async () => {
    const most = "ü".repeat(10_000);
    await state.set("token", most);
    expect(await state.get("token")).toBe(most);
    await expect(state.set("token", `${most}x`)).rejects.toMatchObject({ code: "plugin.bad_output" });
    expect(await state.get("token")).toBe(most);
  });

  it("is one of the values that were set at once", async () => {
    const values = Array.from({ length: 8 }, (_, i) => String(i));
    await Promise.all(values.map((value) => state.set("token", value)));
    expect(values).toContain(await state.get("token"));
  });
});
