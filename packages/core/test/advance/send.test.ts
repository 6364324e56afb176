import type { SendNode } from "@wend/journey";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listDeliveries } from "../../src/deliveries/list-deliveries.ts";
import { settleDeliveries } from "../../src/deliveries/settle-deliveries.ts";
import { pauseJourney, resumeJourney } from "../../src/journeys/pause-journey.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const journey = (event: string, outcome: SendNode["outcome"]) =>
  world.publish(event.toLowerCase(), {
    triggers: [{ type: "event", event }],
    start: "mail",
    nodes: {
      mail: {
        type: "send",
        connection: "news",
        action: "send",
        input: { subject: "Hi" },
        topic: "news",
        outcome,
        next: "done",
      },
      done: { type: "end", outcome: "sent" },
      ...(outcome.policy === "branch" && { plan: { type: "end", outcome: "not-sent" } }),
    },
  });

async function customer(userId: string, email = `${userId}@example.test`) {
  await world.identify(userId, { email });
}

const last = async () => (await world.deliveries()).at(-1)!;
const lastRun = async () => (await world.runs()).at(-1)!;

test("without consent nothing is sent: unknown is no, and the delivery says so", async () => {
  await journey("A", { policy: "continue" });
  await customer("ann");
  await world.track("ann", "A");
  await world.advance();
  expect(await last()).toMatchObject({ state: "suppressed", reason: "no_consent" });
  expect(world.dispatched).toEqual([]);
  expect(await lastRun()).toMatchObject({ status: "ended", outcome: "sent" });
});

test("with consent and an address the delivery is queued and handed to its connection after the commit", async () => {
  await journey("B", { policy: "continue" });
  await customer("bob");
  await world.consent("bob");
  await world.track("bob", "B");
  await world.advance();
  expect(await last()).toMatchObject({ state: "queued", reason: null });
  expect(world.dispatched).toHaveLength(1);
});

test("a customer without an address, or with one that could reach two, is not written to", async () => {
  await journey("C", { policy: "continue" });
  await world.consent("cem");
  await world.track("cem", "C");
  await world.advance();
  expect(await last()).toMatchObject({ state: "suppressed", reason: "no_address" });
  await customer("dan", "dan@example.test, eve@example.test");
  await world.consent("dan");
  await world.track("dan", "C");
  await world.advance();
  expect(await last()).toMatchObject({ state: "suppressed", reason: "invalid_address" });
  const { items } = await world.tx((tx) => listDeliveries(tx, { limit: 1 }));
  expect(items[0]).toMatchObject({
    error: { code: "address.invalid" },
    says: expect.stringContaining("address.invalid"),
  });
});

test("an address on the suppression list is not written to, whatever the consent", async () => {
  await journey("D", { policy: "continue" });
  const listed = [{ channel: "email", address: "Eve@Example.test" }];
  await world.tx((tx) => world.runtime.suppressions.add(tx, listed, "hard_bounce"));
  await customer("eve", "eve@example.test");
  await world.consent("eve");
  await world.track("eve", "D");
  await world.advance();
  expect(await last()).toMatchObject({ state: "suppressed", reason: "address_suppressed" });
});

test("a run that asks for the outcome waits for it, and takes the branch", async () => {
  await journey("E", { policy: "branch", failed: "plan", suppressed: "plan" });
  await customer("fay");
  await world.consent("fay");
  await world.track("fay", "E");
  await world.advance();
  const waiting = await lastRun();
  expect(waiting).toMatchObject({ status: "active", node_id: "mail" });
  const [delivery] = await world.rows<{ seq: number }>("select seq from deliveries where run_id = $1", [waiting.id]);
  await world.outcome(waiting.id, delivery!.seq, "failed");
  await world.advance();
  expect(await lastRun()).toMatchObject({ status: "ended", outcome: "not-sent" });
});

test("an outcome of another visit changes nothing", async () => {
  await customer("gus");
  await world.consent("gus");
  await world.track("gus", "E");
  await world.advance();
  const waiting = await lastRun();
  await world.outcome(waiting.id, 7, "failed");
  await world.advance();
  expect(await lastRun()).toMatchObject({ id: waiting.id, status: "active", node_id: "mail" });
});

test("with the policy `exit` a suppressed delivery ends the run, and says why", async () => {
  await journey("F", { policy: "exit" });
  await customer("hal");
  await world.track("hal", "F");
  await world.advance();
  expect(await last()).toMatchObject({ state: "suppressed", reason: "no_consent" });
  expect(await lastRun()).toMatchObject({ status: "ended", ended_by: "exit" });
});

test("a run whose journey was paused goes on by what an operator has found out, not by the outcome that was unknown", async () => {
  await journey("Z", { policy: "branch", failed: "plan", suppressed: "plan", unknown: "plan" });
  await customer("zoe");
  await world.consent("zoe");
  await world.track("zoe", "Z");
  await world.advance();
  const { id } = await lastRun();
  await world.tx((tx) => pauseJourney(tx, { journey: "z", actor: "test" }));
  const [delivery] = await world.rows<{ id: string; seq: number }>(
    "update deliveries set state = 'unknown', claim = 1, due_at = null where run_id = $1 returning id, seq",
    [id],
  );
  await world.outcome(id, delivery!.seq, "unknown");
  await world.advance();
  await world.tx((tx) => settleDeliveries(tx, { ids: [delivery!.id], as: "accepted", actor: "test", shards: 1 }));
  await world.advance();
  expect((await lastRun()).held).toHaveLength(1);
  await world.tx((tx) => resumeJourney(tx, { journey: "z", actor: "test", shards: 1 }));
  world.clock.advance("PT1S");
  await world.advance();
  expect(await world.path(id)).toEqual(["mail:accepted", "done:sent"]);
});
