import { afterAll, beforeAll, expect, it } from "vitest";
import { transact } from "../../src/accept/group/transact.ts";
import type { Tx } from "../../src/store/transaction.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";

let test: TestStore;
beforeAll(async () => {
  test = await createTestStore();
});
afterAll(() => test.close());

const run = <T>(work: (tx: Tx) => Promise<T>) => transact(test.store, test.workspace.id, work);
const suppress = (tx: Tx, reason: string) =>
  tx.run(
    `insert into suppressions (workspace_id, channel, address_hash, reason, at) values ($1, 'email', sha256($2), $3, now())`,
    [tx.workspaceId, Buffer.from(reason), reason],
  );

it("ends a deadlock: both sides come through, though the store has wrapped what the server said", async () => {
  await run(async (tx) => {
    await suppress(tx, "left");
    await suppress(tx, "right");
  });
  const lock = (tx: Tx, reason: string) => tx.run("update suppressions set at = at where reason = $1", [reason]);
  const meeting = Promise.withResolvers<void>();
  let arrived = 0;
  const side = (first: string, second: string) =>
    run(async (tx) => {
      await lock(tx, first);
      if (++arrived === 2) meeting.resolve();
      await meeting.promise;
      await lock(tx, second);
    });
  await Promise.all([side("left", "right"), side("right", "left")]);
  // One side at least was rolled back and came again.
  expect(arrived).toBeGreaterThanOrEqual(3);
});

it.each(["40001", "40P01", "57P01", "08006"])("tries again after %s, three times in all", async (code) => {
  let tries = 0;
  const failing = run(async (tx) => {
    tries += 1;
    await tx.run(`do $$ begin raise exception 'passing' using errcode = '${code}'; end $$`);
  });
  await expect(failing).rejects.toMatchObject({ code: "store.unavailable", retryAfterMs: 1_000 });
  expect(tries).toBe(3);
});

it.each(["23505", "42501", "53100", "57014", "55P03"])("does not try again after %s", async (code) => {
  let tries = 0;
  const failing = run(async (tx) => {
    tries += 1;
    await tx.run(`do $$ begin raise exception 'lasting' using errcode = '${code}'; end $$`);
  });
  await expect(failing).rejects.toThrow();
  expect(tries).toBe(1);
});
