import type { Receipt } from "@wend/plugin";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Fact } from "../../src/receipt/fact.ts";
import type { FactSource } from "../../src/receipt/write-facts.ts";
import { writeFacts } from "../../src/receipt/write-facts.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { counting } from "../advance/counting.ts";
import type { World } from "../advance/world.ts";
import { createWorld } from "../advance/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.publish("welcome", {
    triggers: [{ type: "event", event: "Signed Up" }],
    exits: [{ name: "complained", event: "$complained" }],
    start: "mail",
    nodes: {
      mail: {
        type: "send",
        connection: "news",
        action: "send",
        input: { subject: "Hi" },
        outcome: { policy: "continue" },
        next: "opened",
      },
      opened: {
        type: "waitForEvent",
        branches: [
          {
            event: "$opened",
            where: { op: "eq", left: { ref: "signal.properties.nodeId" }, right: "mail" },
            next: "keen",
          },
        ],
        timeout: { after: "PT24H", next: "silent" },
      },
      keen: { type: "end", outcome: "keen" },
      silent: { type: "end", outcome: "silent" },
    },
  });
  await world.publish("win-back", {
    triggers: [
      {
        type: "event",
        event: "$bounced",
        where: { op: "eq", left: { ref: "signal.properties.bounce" }, right: "soft" },
      },
    ],
    start: "done",
    nodes: { done: { type: "end", outcome: "noticed" } },
  });
});
afterAll(() => world.close());

let said = 0;

type Said = Partial<Receipt> & Pick<Receipt, "kind">;

/** Stores receipts of the last delivery. */
async function store(all: readonly Said[], { store, suppressions } = world.runtime) {
  const [delivery] = await world.rows<{ id: string }>("select id from deliveries order by id desc limit 1");
  const [connection] = await world.rows<FactSource["connection"]>("select id, key, channel from connections");
  const facts = all.map((more): Fact => {
    const receipt = { about: { deliveryId: delivery!.id }, id: `said-${++said}`, at: 1, ...more } as Receipt;
    return { kind: "receipt", messageId: receipt.id, receipt };
  });
  const source = { connection: connection!, suppressions };
  await inWorkspace(store, world.workspace.id, (tx) => writeFacts(tx, source, facts));
}

async function tell(more: Said) {
  await store([more]);
  await world.advance();
}

async function enter(userId: string) {
  await world.identify(userId, { email: `${userId}@example.test` });
  await world.consent(userId);
  await world.track(userId, "Signed Up");
  await world.advance();
}

const lastRun = async () => (await world.runs()).at(-1)!;

test("a wait for an opening goes on when the customer opens, and not when a scanner does", async () => {
  await enter("ann");
  await tell({ kind: "opened", machine: true });
  expect(await lastRun()).toMatchObject({ status: "active", node_id: "opened" });
  await tell({ kind: "opened" });
  expect(await lastRun()).toMatchObject({ status: "ended", outcome: "keen" });
});

test("a complaint is an exit at once", async () => {
  await enter("bob");
  await tell({ kind: "complained" });
  expect(await lastRun()).toMatchObject({ status: "ended", ended_by: "exit", outcome: "complained" });
});

test("a bounce starts a journey that listens to it", async () => {
  await enter("cid");
  await tell({ kind: "bounced", bounce: "hard" });
  expect((await lastRun()).key).toBe("welcome");
  await tell({ kind: "bounced", bounce: "soft" });
  expect(await lastRun()).toMatchObject({ key: "win-back", outcome: "noticed" });
});

test("one receipt and a thousand are stored by as many statements", async () => {
  await enter("dot");
  const count = async (many: number) => {
    const { runtime, statements } = counting(world);
    await store(
      Array.from({ length: many }, () => ({ kind: "opened" })),
      runtime,
    );
    return statements.length;
  };
  const [one, thousand] = [await count(1), await count(1_000)];
  process.stdout.write(`receipts: ${one} statements for 1, ${thousand} for 1,000\n`);
  expect(thousand).toBe(one);
});
