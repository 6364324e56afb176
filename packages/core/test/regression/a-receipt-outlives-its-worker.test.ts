import type { Dedupe } from "@wend/plugin";
import { expect, test } from "vitest";
import { claimGroup } from "../../src/deliver/claim/claim-group.ts";
import { createWorld } from "../deliver/world.ts";
import { hooksOf, receipt } from "../receipt/incoming.ts";

test.each<[string, Dedupe, "resend" | undefined]>([
  ["key", { by: "key", windowMs: 3_600_000 }, undefined],
  ["natural", { by: "natural" }, undefined],
  ["lookup", { by: "lookup", settleMs: 1_000 }, undefined],
  ["none, resent", { by: "none" }, "resend"],
])("a delivery whose worker died and whose receipt came is not called again: %s", async (_, dedupe, onUnknown) => {
  const world = await createWorld({
    now: "2026-03-01T00:00:00Z",
    dedupe,
    connection: onUnknown ? { onUnknown } : {},
  });
  const [id] = await world.plan([{ awaited: true }]);
  const runtime = world.runtimeOf();
  const connection = await runtime.connections.open(world.target);
  // The worker claims it, calls the provider, and is gone.
  await claimGroup(runtime, world.target, { connection, ids: [id!] });
  await hooksOf(world)({ receipts: [receipt(id!, { kind: "delivered" })] });
  expect((await world.find([id!]))[0]).toMatchObject({ state: "sending", receipt: "delivered" });

  await world.clock!.advance("PT1H");
  await world.deliver([id!]);
  expect(world.provider.calls).toEqual([]);
  expect((await world.find([id!]))[0]).toMatchObject({ state: "delivered", ambiguous: false, due_at: null });
  const told = await world.sql("select detail from inbox where workspace_id = $1 and kind = 'outcome'");
  expect(told).toEqual([{ detail: { seq: 2, outcome: "accepted" } }]);
});
