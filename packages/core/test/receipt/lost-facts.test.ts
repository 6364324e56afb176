import type { Facts } from "@wend/plugin";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { findConnection } from "../../src/connections/find-connection.ts";
import { createStoreFacts } from "../../src/receipt/store-facts.ts";
import { createWorld } from "../deliver/world.ts";
import { accepted, eventsOf, hooksOf, receipt, solved } from "./incoming.ts";

const now = "2026-03-01T00:00:00Z";

describe("a fact that cannot be stored is dropped by itself, and counted,", () => {
  const loop: { self?: unknown } = {};
  loop.self = loop;

  it.each<[string, (id: string) => Facts]>([
    ["when its time is none", (id) => ({ receipts: [receipt(id, { kind: "delivered", at: Number.NaN })] })],
    ["when it has no fields", () => ({ receipts: [{ kind: "arrived" }] as never })],
    ["when it is nothing", () => ({ receipts: [undefined, null] as never })],
    ["when a bounce is neither hard nor soft", (id) => ({ receipts: [receipt(id, { kind: "bounced" })] })],
    ["when its id is too long", (id) => ({ receipts: [receipt(id, { kind: "opened", id: "s3cret".repeat(100) })] })],
    ["when its address is too long", () => ({ receipts: [receipt({ address: "a".repeat(600) }, { kind: "opened" })] })],
    ["when it holds a NUL", (id) => ({ receipts: [receipt(id, { kind: "opened", reason: "s3cret\0" })] })],
    [
      "when it holds half of a character",
      (id) => ({ receipts: [receipt(id, { kind: "opened", reason: "s3cret\ud83d" })] }),
    ],
    [
      "when the manifest declares no such signal",
      () => ({ signals: [{ ...solved({ userId: "u" }), name: "s3cret" }] as never }),
    ],
    [
      "when its data are of another kind",
      () => ({ signals: [{ ...solved({ userId: "u" }), data: { number: "s3cret" } }] as never }),
    ],
    ["when its user id is too long", () => ({ signals: [solved({ userId: "u".repeat(257) })] })],
    ["when a key of its is dangerous", () => ({ signals: [JSON.parse('{"name": "Ticket Solved", "__proto__": {}}')] })],
    ["when it is no JSON", () => ({ signals: [loop] as never })],
  ])("%s", async (_, odd) => {
    const world = await createWorld({ now });
    const [id] = await accepted(world, 1);
    const lines: string[] = [];
    const runtime = world.runtimeOf();
    const log = pino({ level: "warn" }, { write: (line) => lines.push(line) });
    const storeFacts = createStoreFacts({ ...runtime, log });
    const send = hooksOf(world, { ...runtime, storeFacts });
    const { receipts = [], signals = [] } = odd(id!);
    const good = { receipts: [receipt(id!, { kind: "delivered" })], signals: [solved({ userId: "u-1" }, 8)] };
    await send({ receipts: [...receipts, ...good.receipts], signals: [...signals, ...good.signals] });
    expect((await eventsOf(world)).map(({ name }) => name).sort()).toEqual(["$delivered", "Ticket Solved"]);
    const lost = receipts.length + signals.length;
    expect(await world.inTest((tx) => findConnection(tx, "sink"))).toMatchObject({
      lostFacts: lost,
      lostFactsAt: Date.parse(now),
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ connectionId: world.connection.id, lost }]);
    expect(lines.join()).not.toContain("s3cret");
  });
});
