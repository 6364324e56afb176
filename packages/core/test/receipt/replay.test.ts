import { describe, expect, it } from "vitest";
import { retention } from "../../src/maintenance/retention.ts";
import { sweepWorkspace } from "../../src/maintenance/sweep-workspace.ts";
import { createWorld } from "../deliver/world.ts";
import { hooksOf, receipt } from "./incoming.ts";

describe("a webhook that is sent again", () => {
  it("is refused also when it has no signed time and what is old was swept away", async () => {
    const world = await createWorld({ now: "2026-03-01T00:00:00Z", address: "email" });
    const runtime = world.runtimeOf();
    const send = hooksOf(world);
    const ann = { channel: "email", address: "ann@customer.test" };
    const stop = { nonce: "SM1:received", receipts: [receipt({ address: ann.address }, { kind: "unsubscribed" })] };
    await send(stop);
    await world.inTest((tx) => runtime.suppressions.remove(tx, [ann]));

    for (const days of [8, 100, 290]) {
      await world.clock!.advance(`P${days}D`);
      await sweepWorkspace(world.store, world.workspace.id, { retention });
      await expect(send(stop)).rejects.toMatchObject({ code: "webhook.refused" });
    }
    expect(await world.inTest((tx) => runtime.suppressions.find(tx, [ann]))).toEqual([undefined]);
  });

  it("leaves a mark for as long as it is needed: a week where a time is signed", async () => {
    const world = await createWorld({ now: "2026-03-01T00:00:00Z" });
    const send = hooksOf(world);
    await send({ nonce: "timed", signedAt: Date.parse("2026-03-01T00:00:00Z") });
    await send({ nonce: "untimed" });
    await world.clock!.advance("P8D");
    expect(await sweepWorkspace(world.store, world.workspace.id, { retention })).toMatchObject({ nonces: 1 });
    await world.clock!.advance("P393D");
    expect(await sweepWorkspace(world.store, world.workspace.id, { retention })).toMatchObject({ nonces: 1 });
  });
});
