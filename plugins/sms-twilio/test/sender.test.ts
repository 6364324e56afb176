import { expect, test } from "vitest";
import { chooseSender } from "../src/sender.ts";
import { startFakeTwilio } from "./fake-twilio.ts";
import { configOf, open } from "./open.ts";

const pool = ["+14155550001", "+14155550002", "+14155550003", "12345"];
const customers = Array.from({ length: 4_000 }, (_, n) => `+4915${String(10_000_000 + n * 7919)}`);

test("a customer always gets the same sender, whatever the order of the pool, and all of the pool are used", () => {
  const counts = new Map<string, number>();
  for (const customer of customers) {
    const chosen = chooseSender(pool, customer);
    expect(chooseSender(pool.toReversed(), customer)).toBe(chosen);
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(pool.toSorted());
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test("who had another sender than the one that is gone keeps it", () => {
  const fewer = pool.slice(1);
  for (const customer of customers) {
    const before = chooseSender(pool, customer);
    const after = chooseSender(fewer, customer);
    if (before === pool[0]) expect(fewer).toContain(after);
    else expect(after).toBe(before);
  }
});

test("every message goes out by a sender of the pool, and a customer's by one", async () => {
  await using twilio = await startFakeTwilio({ numbers: pool });
  const { send } = await open({ ...configOf(twilio), senders: pool });
  for (const address of [...customers.slice(0, 20), ...customers.slice(0, 20)]) await send({ text: "Hi" }, { address });
  const sendersOf = Map.groupBy(twilio.messages.values(), ({ to }) => to);
  for (const messages of sendersOf.values()) expect(new Set(messages.map(({ from }) => from)).size).toBe(1);
  expect(new Set([...twilio.messages.values()].map(({ from }) => from)).size).toBeGreaterThan(1);
});
