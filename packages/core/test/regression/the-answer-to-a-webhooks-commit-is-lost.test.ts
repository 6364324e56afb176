import { expect, test } from "vitest";
import { createStoreFacts } from "../../src/receipt/store-facts.ts";
import type { Store } from "../../src/store/connect.ts";
import { createWorld } from "../deliver/world.ts";
import { accepted, eventsOf, hooksOf, receipt } from "../receipt/incoming.ts";

/** A store whose next commit takes effect and is answered to nobody. */
function losing(store: Store): { store: Store; lost(): number } {
  let lost = 0;
  const app = new Proxy(store.app, {
    get: (pool, name) => {
      if (name !== "connect") return Reflect.get(pool, name, pool);
      return async () => {
        const client = await pool.connect();
        return new Proxy(client, {
          get: (target, property) => {
            const value = Reflect.get(target, property, target);
            if (property !== "query") return typeof value === "function" ? value.bind(target) : value;
            return async (...asked: unknown[]) => {
              const answer = await (value as (...a: unknown[]) => Promise<unknown>).apply(target, asked);
              if (asked[0] !== "commit" || lost > 0) return answer;
              lost += 1;
              throw Object.assign(new Error("Connection terminated unexpectedly"), { code: "08006" });
            };
          },
        });
      };
    },
  });
  return { store: { ...store, app }, lost: () => lost };
}

test("a webhook whose commit was answered to nobody is taken, and once", async () => {
  const world = await createWorld();
  const [id] = await accepted(world, 1);
  const { store, lost } = losing(world.store);
  const runtime = world.runtimeOf();
  const send = hooksOf(world, { ...runtime, storeFacts: createStoreFacts({ ...runtime, store }) });
  await send({ nonce: "once", receipts: [receipt(id!, { kind: "delivered" })] });
  expect(lost()).toBe(1);
  expect(await eventsOf(world)).toHaveLength(1);
  // From anybody else it is a repetition.
  await expect(send({ nonce: "once", receipts: [] })).rejects.toMatchObject({ code: "webhook.refused" });
});
