import type { Receipt } from "@wend/plugin";
import { receiptKinds } from "@wend/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorld } from "../deliver/world.ts";
import { accepted, hooksOf, receipt } from "./incoming.ts";

describe("what a provider says later of a delivery", () => {
  it.each<[Partial<Receipt> & Pick<Receipt, "kind">, string]>([
    [{ kind: "accepted" }, "accepted"],
    [{ kind: "deferred" }, "accepted"],
    [{ kind: "delivered" }, "delivered"],
    [{ kind: "bounced", bounce: "soft" }, "bounced"],
    [{ kind: "bounced", bounce: "hard" }, "bounced"],
    [{ kind: "failed" }, "failed"],
    [{ kind: "opened" }, "delivered"],
    [{ kind: "clicked", url: "https://example.com/" }, "delivered"],
    [{ kind: "replied", text: "Thanks" }, "delivered"],
    [{ kind: "unsubscribed" }, "delivered"],
    [{ kind: "complained" }, "delivered"],
  ])("%j makes it %s", async (said, state) => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    await hooksOf(world)({ receipts: [receipt(id!, said)] });
    expect((await world.find([id!]))[0]).toMatchObject({ state, receipt: said.kind });
  });

  it("comes to the same whatever the order, however often, and in however many webhooks", async () => {
    const world = await createWorld();
    const send = hooksOf(world);
    const kinds = fc.constantFrom(...receiptKinds).chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        ...(kind === "bounced" && { bounce: fc.constantFrom("hard", "soft") }),
        ...((kind === "opened" || kind === "clicked") && { machine: fc.boolean() }),
      }),
    );
    const plan = fc.array(kinds, { minLength: 1, maxLength: 8 }).chain((said) =>
      fc.record({
        said: fc.constant(said),
        order: fc.shuffledSubarray([...said.keys(), ...said.keys()], { minLength: said.length * 2 }),
        cuts: fc.array(fc.boolean(), { minLength: said.length * 2, maxLength: said.length * 2 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(plan, async ({ said, order, cuts }) => {
        const [straight, shuffled] = await accepted(world, 2);
        const of = (id: string) => said.map((one, n) => receipt(id, { ...one, id: `${id}-${n}` } as Receipt));
        await send({ receipts: of(straight!) });
        const told = of(shuffled!);
        let batch: Receipt[] = [];
        for (const [place, nth] of order.entries()) {
          batch.push(told[nth]!);
          if (!cuts[place] && place < order.length - 1) continue;
          await send({ receipts: batch });
          batch = [];
        }
        const [a, b] = await world.find([straight!, shuffled!]);
        expect([b!.state, b!.receipt]).toEqual([a!.state, a!.receipt]);
      }),
      { numRuns: 30 },
    );
  });
});

describe("a delivery whose outcome was open", () => {
  it("is settled by a receipt, and its run hears of it", async () => {
    const world = await createWorld({ dedupe: { by: "none" }, connection: { onUnknown: "hold" } });
    const [id] = await world.plan([{ awaited: true }]);
    world.provider.handle = () => Promise.reject(new Error("lost"));
    await world.deliver([id!]);
    const [unknown] = await world.find([id!]);
    expect(unknown).toMatchObject({ state: "unknown" });
    await world.sql("delete from inbox where workspace_id = $1 returning id");
    await world.sql("update runs set seq = 2 where workspace_id = $1 and id = $2 returning id", [unknown!.run_id]);

    await hooksOf(world)({ receipts: [receipt(id!, { kind: "delivered" })] });
    expect((await world.find([id!]))[0]).toMatchObject({ state: "delivered", ambiguous: false, reason: null });
    const told = await world.sql("select kind, run_id, detail from inbox where workspace_id = $1");
    expect(told).toEqual([{ kind: "outcome", run_id: unknown!.run_id, detail: { seq: 2, outcome: "accepted" } }]);
    expect(world.woken).not.toEqual([]);
  });

  it("that waits for its next try is not tried again", async () => {
    const world = await createWorld();
    const [id] = await world.plan(1);
    world.provider.handle = () => Promise.reject(new Error("lost"));
    await world.deliver([id!]);
    expect((await world.find([id!]))[0]).toMatchObject({ state: "queued", ambiguous: true });
    await hooksOf(world)({ receipts: [receipt(id!, { kind: "delivered" })] });
    expect((await world.find([id!]))[0]).toMatchObject({ state: "delivered", due_at: null });
    await world.deliver([id!]);
    expect(world.provider.calls).toHaveLength(1);
  });

  it("is settled by a receipt that comes while it is being called, whatever the call ends in", async () => {
    const world = await createWorld({ dedupe: { by: "none" }, connection: { onUnknown: "hold" } });
    const [id] = await world.plan([{ awaited: true }]);
    const send = hooksOf(world);
    world.provider.handle = async (call) => {
      await send({ receipts: [receipt(call.deliveryId, { kind: "delivered" })] });
      expect((await world.find([id!]))[0]).toMatchObject({ state: "sending", receipt: "delivered" });
      throw new Error("lost");
    };
    await world.deliver([id!]);
    expect((await world.find([id!]))[0]).toMatchObject({ state: "delivered", ambiguous: false, due_at: null });
    const told = await world.sql("select detail from inbox where workspace_id = $1");
    expect(told).toEqual([{ detail: { seq: 2, outcome: "accepted" } }]);
  });

  it("that was never called is not settled by what a provider says", async () => {
    const world = await createWorld();
    const [id] = await world.plan(1);
    await hooksOf(world)({ receipts: [receipt(id!, { kind: "delivered" })] });
    expect((await world.find([id!]))[0]).toMatchObject({ state: "queued" });
  });
});
