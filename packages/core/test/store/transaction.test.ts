import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectStore } from "../../src/store/connect.ts";
import { asOwner } from "../../src/store/owner.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";

let test: TestStore;
let workspaceId: number;
beforeAll(async () => {
  test = await createTestStore();
  workspaceId = test.workspace.id;
});
afterAll(() => test.close());

const work = <T>(body: (tx: Tx) => Promise<T>) => inWorkspace(test.store, workspaceId, body);
const suppress = (reason: string) => (tx: Tx) =>
  tx.run(
    `insert into suppressions (workspace_id, channel, address_hash, reason, at) values ($1, 'email', sha256($2), $3, $4)`,
    [workspaceId, Buffer.from(reason), reason, new Date(tx.now)],
  );
const count = async (reason: string) =>
  (await work((tx) => tx.rows("select 1 from suppressions where reason = $1", [reason]))).length;

const terminate = (pid: unknown) =>
  asOwner(test.url, (client) => client.query("select pg_terminate_backend($1)", [pid]));
const backend = async (tx: Tx) => (await tx.rows<{ pid: number }>("select pg_backend_pid() as pid"))[0]!.pid;

describe("a transaction", () => {
  it("keeps what was written when its work ends, and gives back the work's result", async () => {
    expect(await work(suppress("kept"))).toBe(1);
    expect(await count("kept")).toBe(1);
  });

  it("keeps nothing when its work throws, and throws the same error", async () => {
    const fault = new Error("changed my mind");
    const attempt = work(async (tx) => {
      await suppress("dropped")(tx);
      throw fault;
    });
    await expect(attempt).rejects.toBe(fault);
    expect(await count("dropped")).toBe(0);
  });

  it("does not report success when its work swallowed the error of a statement", async () => {
    const attempt = work(async (tx) => {
      await suppress("half")(tx);
      await tx.run("select 1 / 0").catch(() => {});
    });
    await expect(attempt).rejects.toMatchObject({ code: "internal.unexpected" });
    expect(await count("half")).toBe(0);
  });

  it("runs statements that are sent together in their order", async () => {
    const read = "select count(*)::int as count from suppressions where reason = 'together'";
    const counts = await work((tx) =>
      Promise.all([tx.rows(read), suppress("together")(tx), tx.rows(read)]).then(([before, , after]) => [
        before,
        after,
      ]),
    );
    expect(counts).toEqual([[{ count: 0 }], [{ count: 1 }]]);
  });

  it.each([
    ["the server refuses", "select 1 / 0", []],
    ["the driver cannot encode", "select $1::jsonb", [{ toJSON: () => JSON.parse("{") }]],
  ])("keeps nothing of statements sent together when %s one of them", async (_, text, values) => {
    const attempt = work((tx) => Promise.all([suppress("before")(tx), tx.run(text, values), suppress("after")(tx)]));
    await expect(attempt).rejects.toThrow();
    expect([await count("before"), await count("after")]).toEqual([0, 0]);
  });

  it.each([
    ["the server refuses one of them", () => (tx: Tx) => tx.run("select 1 / 0")],
    [
      "the driver cannot encode one of them",
      () => (tx: Tx) => tx.run("select $1::jsonb", [{ toJSON: () => JSON.parse("{") }]),
    ],
    [
      "whoever asks for them throws half way",
      () => async () => {
        throw new Error("half way");
      },
    ],
  ])("keeps nothing of its last statements when %s", async (_, last) => {
    const attempt = work((tx) => tx.finish(() => Promise.all([suppress("last")(tx), last()(tx)])));
    await expect(attempt).rejects.toThrow();
    expect(await count("last")).toBe(0);
  });

  it("commits with its last statements, and takes none after them", async () => {
    const attempt = work(async (tx) => {
      await tx.finish(() => suppress("in time")(tx));
      await suppress("too late")(tx);
    });
    await expect(attempt).rejects.toThrow("after the last ones");
    expect([await count("in time"), await count("too late")]).toEqual([1, 0]);
  });

  it("reads the time from the database", async () => {
    const between = "select $1 between now() - interval '1 second' and clock_timestamp() as between";
    const rows = await work((tx) => tx.rows(between, [new Date(tx.now)]));
    expect(rows).toEqual([{ between: true }]);
  });

  it("takes the time from a manual clock, whatever the database says", async () => {
    const manual = await createTestStore({ now: "1998-09-01T00:00:00Z" });
    const now = () => inWorkspace(manual.store, manual.workspace.id, async (tx) => tx.now);
    expect(await now()).toBe(Date.UTC(1998, 8, 1));
    manual.clock.advance("P60D");
    expect(await now()).toBe(Date.UTC(1998, 9, 31));
    await manual.close();
  });

  it("becomes store.unavailable when its connection is cut, and the next one works", async () => {
    const attempt = work(async (tx) => {
      await suppress("cut")(tx);
      await terminate(await backend(tx));
      await tx.run("select 1");
    });
    await expect(attempt).rejects.toMatchObject({ code: "store.unavailable", retryAfterMs: 1_000 });
    expect(await count("cut")).toBe(0);
  });

  it("becomes store.unavailable at once when nobody listens", async () => {
    const nowhere = connectStore({ url: "postgres://nobody@127.0.0.1:1/none" });
    await expect(inWorkspace(nowhere, 1, async () => {})).rejects.toMatchObject({ code: "store.unavailable" });
    await nowhere.close();
  });

  it("leaves no idle connection that an error could bring the process down with", async () => {
    const pids = await Promise.all([work(backend), work(backend), work(backend)]);
    for (const pid of pids) await terminate(pid);
    // The pool may hand out a connection whose end has not reached it yet; that is an answer, not a crash.
    await expect.poll(() => count("kept").catch((error: { code: string }) => error.code)).toBe(1);
  });
});
