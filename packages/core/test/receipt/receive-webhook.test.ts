import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { writeChanges } from "../../src/accept/consent/write-changes.ts";
import { createConnection } from "../../src/connections/create-connection.ts";
import { updateConnection } from "../../src/connections/update-connection.ts";
import { uuidv7 } from "../../src/ids.ts";
import type { World } from "../deliver/world.ts";
import { createWorld, insertJourney } from "../deliver/world.ts";
import { accepted, eventsOf, hooksOf, inboxOf, receipt, solved } from "./incoming.ts";

const refused = { code: "webhook.refused", status: 401 };

describe("a webhook is refused, and nothing is written,", () => {
  it("when it was signed more than five minutes ago or from now", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    const send = hooksOf(world);
    for (const offset of [-300_100, 300_100, Number.NaN]) {
      const late = send({ signedAt: Date.now() + offset, receipts: [receipt(id!, { kind: "delivered" })] });
      await expect(late).rejects.toMatchObject(refused);
    }
    expect((await world.find([id!]))[0]).toMatchObject({ state: "accepted" });
    expect(await eventsOf(world)).toEqual([]);
    await send({ signedAt: Date.now() - 290_000, receipts: [receipt(id!, { kind: "delivered" })] });
    expect(await eventsOf(world)).toHaveLength(1);
  });

  it("when the very same request was taken before", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    const send = hooksOf(world);
    await send({ nonce: "once", receipts: [receipt(id!, { kind: "deferred" })] });
    const again = send({ nonce: "once", receipts: [receipt(id!, { kind: "delivered" })] });
    await expect(again).rejects.toMatchObject(refused);
    expect((await world.find([id!]))[0]).toMatchObject({ state: "accepted", receipt: "deferred" });
    expect(await eventsOf(world)).toHaveLength(1);
  });

  it("when its connection is unknown, of another plugin, or no id at all", async () => {
    const world = await createWorld();
    const send = hooksOf(world);
    await expect(send({ connectionId: uuidv7() })).rejects.toMatchObject(refused);
    await expect(send({ connectionId: "sink" })).rejects.toMatchObject(refused);
    await expect(send({ plugin: "other" })).rejects.toMatchObject(refused);
  });

  it("when it is not signed, unless the operator lets the connection take that", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    const send = hooksOf(world);
    const hook = { unsigned: true, receipts: [receipt(id!, { kind: "delivered" })] };
    await expect(send(hook)).rejects.toMatchObject(refused);
    await world.inTest((tx) => updateConnection(tx, world, { connection: "sink", acceptsUnsigned: true }));
    await send(hook);
    expect((await world.find([id!]))[0]).toMatchObject({ state: "delivered" });
  });
});

describe("what a plugin makes of a webhook is its fault, and nothing is written,", () => {
  const told = { proof: { by: "signature", signedAt: undefined, nonce: "n" } as const };

  it.each<[string, unknown]>([
    ["when it is nothing", undefined],
    ["when it is null", null],
    ["when it is a word", "ok"],
    ["when nothing shows that it is genuine", {}],
    ["when its reply is null", { ...told, reply: null }],
    ["when its reply is a word", { ...told, reply: "ok" }],
    ["when its reply has a field that nobody sends", { ...told, reply: { headers: {} } }],
    ["when its reply is no success", { ...told, reply: { status: 500 } }],
    ["when its reply leads elsewhere", { ...told, reply: { status: 302 } }],
    ["when its reply's status is no number", { ...told, reply: { status: "200" } }],
    ["when its reply's type ends the header", { ...told, reply: { contentType: "text/plain\r\nset-cookie: a=b" } }],
    ["when its reply's type is none", { ...told, reply: { contentType: "plain" } }],
    ["when its reply's body is no text", { ...told, reply: { body: 7 } }],
    ["when its reply's body is longer than 64 KB", { ...told, reply: { body: "é".repeat(32_769) } }],
    ["when its reply has a body where none can be", { ...told, reply: { status: 204, body: "x" } }],
  ])("%s", async (_, returned) => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    const send = hooksOf(world);
    const facts = { receipts: [receipt(id!, { kind: "opened" })] };
    world.provider.receive = async () =>
      (typeof returned === "object" && returned ? { ...facts, ...returned } : returned) as never;
    await expect(send({})).rejects.toMatchObject({ code: "plugin.bad_output" });
    expect(await eventsOf(world)).toEqual([]);
  });

  it("but whatever may be answered is", async () => {
    const world = await createWorld();
    const send = hooksOf(world);
    const replies = [
      {},
      { status: 204 },
      { status: 202, contentType: "text/xml; charset=utf-8", body: "é".repeat(32_768) },
    ];
    for (const [i, reply] of replies.entries()) {
      const proof = { ...told.proof, nonce: `n-${i}` };
      world.provider.receive = async () => ({ proof, reply }) as never;
      expect(await send({})).toEqual(reply);
    }
  });
});

describe("a receipt is an event of the customer's", () => {
  it("with the delivery it is about, and nobody is woken who does not listen", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    await hooksOf(world)({ receipts: [receipt(id!, { kind: "bounced", bounce: "soft", reason: "mailbox full" })] });
    const [delivery] = await world.find([id!]);
    expect(await eventsOf(world)).toMatchObject([
      {
        name: "$bounced",
        kind: "receipt",
        profile_id: delivery!.profile_id,
        payload: {
          properties: {
            deliveryId: id,
            runId: delivery!.run_id,
            connection: "sink",
            channel: "webhook",
            bounce: "soft",
            reason: "mailbox full",
          },
        },
      },
    ]);
    expect(await inboxOf(world)).toEqual([]);
    expect(world.woken).toEqual([]);
  });

  it("with as much of the provider's words as is kept", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    await hooksOf(world)({ receipts: [receipt(id!, { kind: "deferred", reason: "💥".repeat(501) })] });
    expect(await eventsOf(world)).toMatchObject([{ payload: { properties: { reason: "💥".repeat(500) } } }]);
  });

  it("once, however often the provider says it", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    const said = receipt(id!, { kind: "opened" });
    const send = hooksOf(world);
    await send({ receipts: [said, said] });
    await Promise.all([send({ receipts: [said] }), send({ receipts: [said] })]);
    expect(await eventsOf(world)).toHaveLength(1);
  });

  it("as it was said first, where a plugin gives another one its id, and the operator is told", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    const said = receipt(id!, { kind: "delivered" });
    const send = hooksOf(world);
    await send({ receipts: [said, { ...said, kind: "opened" }, said] });
    expect(await eventsOf(world)).toMatchObject([{ name: "$delivered" }]);
    const warning = { connectionId: world.connection.id, lost: 1, msg: "a plugin gave different facts one id" };
    expect(world.warnings).toMatchObject([warning]);
  });

  it("under another name when a machine did it", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1);
    await hooksOf(world)({ receipts: [receipt(id!, { kind: "opened", machine: true })] });
    expect(await eventsOf(world)).toMatchObject([{ name: "$scanned", payload: { properties: { kind: "opened" } } }]);
    expect((await world.find([id!]))[0]).toMatchObject({ state: "delivered", receipt: "delivered" });
  });

  it("is found by the idempotency key and by the provider's id too, but through no other connection", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, 1, "sg-77");
    const [delivery] = await world.find([id!]);
    const send = hooksOf(world);
    await send({ receipts: [receipt({ idempotencyKey: `${delivery!.run_id}:2` }, { kind: "delivered" })] });
    await send({ receipts: [receipt({ providerId: "sg-77" }, { kind: "opened" })] });
    expect(await eventsOf(world)).toMatchObject([{ name: "$delivered" }, { name: "$opened" }]);

    const other = await world.inTest((tx) =>
      createConnection(tx, world, { key: "other", plugin: "scripted", config: {} }),
    );
    await send({
      connectionId: other.id,
      receipts: [receipt(id!, { kind: "complained" }), receipt({ providerId: "sg-77" }, { kind: "complained" })],
    });
    expect((await world.find([id!]))[0]).toMatchObject({ receipt: "opened" });
  });

  it("wakes the shard when a published version listens to it", async () => {
    const world = await createWorld();
    const thanks = { start: "done", nodes: { done: { type: "end", outcome: "done" } } } as const;
    await world.inTest((tx) =>
      insertJourney(tx, { name: "T", timeZone: "UTC", triggers: [{ type: "event", event: "$opened" }], ...thanks }),
    );
    const [id] = await accepted(world, 1);
    await hooksOf(world)({ receipts: [receipt(id!, { kind: "opened" }), receipt(id!, { kind: "delivered" })] });
    expect(await inboxOf(world)).toMatchObject([{ kind: "event", name: "$opened" }]);
    expect(world.woken).toHaveLength(1);
  });
});

describe("a signal", () => {
  it("becomes an event of whoever it names, by id, address or delivery", async () => {
    const world = await createWorld({ address: "email" });
    const [id] = await accepted(world, [{ address: "ada@example.com", traits: { email: "ada@example.com" } }]);
    const [delivery] = await world.find([id!]);
    await hooksOf(world)({
      signals: [
        solved({ userId: "u-1" }, 1),
        solved({ deliveryId: id! }, 2),
        solved({ kind: "email", address: "ada@example.com" }, 3),
      ],
    });
    const events = await eventsOf(world);
    expect(events.map(({ name, kind }) => [name, kind])).toEqual(Array(3).fill(["Ticket Solved", "signal"]));
    const mine = events.filter(({ profile_id }) => profile_id === delivery!.profile_id);
    expect(mine.map(({ payload }) => payload.properties)).toEqual([{ number: 2 }, { number: 3 }]);
  });
});

describe("a fact about an address", () => {
  const mailed = { address: "ada@example.com", channel: "email" };
  const other = (world: World, key = "other") =>
    world.inTest((tx) => createConnection(tx, world, { key, plugin: "scripted", config: {} }));
  const profilesOf = async (world: World) => (await eventsOf(world)).map(({ profile_id }) => profile_id);

  it.each(["ada@example.com", "Ada@Example.COM", " ada@example.com"])(
    "finds its customer however it is spelt, a signal also by what another connection of the channel has sent: %j",
    async (address) => {
      const world = await createWorld({ address: "email" });
      const [id] = await accepted(world, [mailed]);
      const [delivery] = await world.find([id!]);
      const send = hooksOf(world);
      await send({ receipts: [receipt({ address }, { kind: "complained" })] });
      await send({ connectionId: (await other(world)).id, signals: [solved({ address, kind: "email" })] });
      expect(await profilesOf(world)).toEqual([delivery!.profile_id, delivery!.profile_id]);
    },
  );

  it("finds nobody through another connection's receipt, of another kind, or who was never written to", async () => {
    const world = await createWorld({ address: "email" });
    await accepted(world, [mailed]);
    const send = hooksOf(world);
    const { address } = mailed;
    await send({
      connectionId: (await other(world)).id,
      receipts: [receipt({ address }, { kind: "opened" })],
      signals: [
        solved({ address, kind: "phone" }, 1),
        solved({ address, kind: "crm" }, 2),
        solved({ address: "ben@example.com", kind: "email" }, 3),
      ],
    });
    expect(await eventsOf(world)).toEqual([]);
  });

  it("of a kind that one provider alone knows finds what this very connection has sent", async () => {
    const world = await createWorld();
    const [id] = await accepted(world, [{ address: "C-7" }]);
    const [delivery] = await world.find([id!]);
    const send = hooksOf(world);
    await send({ connectionId: (await other(world)).id, signals: [solved({ address: "C-7", kind: "crm" }, 1)] });
    await send({ signals: [solved({ address: "c-7", kind: "crm" }, 2)] });
    expect(await eventsOf(world)).toEqual([]);
    await send({ signals: [solved({ address: "C-7", kind: "crm" }, 3)] });
    expect(await profilesOf(world)).toEqual([delivery!.profile_id]);
  });
});

describe("permission", () => {
  const mail = { address: "Ada@Example.com", traits: { email: "Ada@Example.com" }, channel: "email" };
  const suppressed = (world: Awaited<ReturnType<typeof createWorld>>) =>
    world.inTest(async (tx) => {
      const [found] = await world.runtimeOf().suppressions.find(tx, [{ channel: "email", address: "ada@example.com" }]);
      return found?.reason;
    });

  it.each([
    [{ kind: "bounced", bounce: "hard" } as const, "bounced"],
    [{ kind: "complained" } as const, "complained"],
    [{ kind: "bounced", bounce: "soft" } as const, undefined],
    [{ kind: "delivered" } as const, undefined],
  ])("after %j the address is suppressed: %s", async (said, reason) => {
    const world = await createWorld({ address: "email" });
    const [id] = await accepted(world, [mail]);
    await hooksOf(world)({ receipts: [receipt(id!, said)] });
    expect(await suppressed(world)).toBe(reason);
  });

  it("of the kind that it was is revoked by an unsubscription, and its profile is looked at again", async () => {
    const world = await createWorld({ address: "email" });
    const [id] = await accepted(world, [{ ...mail, purpose: "transactional" }]);
    await hooksOf(world)({ receipts: [receipt(id!, { kind: "unsubscribed" })] });
    const consents = await world.sql(
      "select channel, purpose, topic, state, source from consents where workspace_id = $1",
    );
    expect(consents).toEqual([
      { channel: "email", purpose: "transactional", topic: "*", state: "revoked", source: "receipt" },
    ]);
    expect((await inboxOf(world)).map(({ kind }) => kind)).toContain("profile");
  });

  it("that was given anew is revoked by the next unsubscription from the same delivery", async () => {
    const world = await createWorld({ address: "email", now: "2026-03-01T00:00:00Z" });
    const [id] = await accepted(world, [{ ...mail, purpose: "promotional" }]);
    const profileId = (await world.find([id!]))[0]!.profile_id;
    const send = hooksOf(world);
    const states: unknown[] = [];
    for (const at of [1, 2]) {
      await world.clock!.advance("PT1H");
      const granted = { channel: "email", purpose: "promotional", topic: "*", state: "granted" } as const;
      const rest = { messageId: `granted-${at}`, source: "api", detail: {} };
      await world.inTest((tx) =>
        writeChanges(tx, [{ id: uuidv7(tx.now), profileId, at: tx.now, ...granted, ...rest }]),
      );
      await world.clock!.advance("PT1H");
      await send({ receipts: [receipt(id!, { kind: "unsubscribed", id: `unsubscribed:${at}` })] });
      states.push(...(await world.sql("select state from consents where workspace_id = $1")));
    }
    expect(states).toEqual([{ state: "revoked" }, { state: "revoked" }]);
  });

  it("to write to an address is taken back though nobody knows whose it is", async () => {
    const world = await createWorld({ address: "email" });
    await hooksOf(world)({ receipts: [receipt({ address: "ada@example.com" }, { kind: "complained" })] });
    expect(await suppressed(world)).toBe("complained");
  });
});

it("what a plugin throws keeps its code, and what has none is a crash", async () => {
  const world = await createWorld();
  const runtime = world.runtimeOf();
  const { receiveWebhook } = await import("../../src/receipt/receive-webhook.ts");
  const request = { method: "POST", url: "https://wend.test/", headers: new Headers(), body: new Uint8Array() };
  const target = { plugin: "scripted", connectionId: world.connection.id };
  world.provider.receive = () =>
    Promise.reject(new WendError("webhook.unreadable", { cause: new Error("secret words") }));
  const unreadable = { code: "webhook.unreadable", cause: undefined };
  await expect(receiveWebhook(runtime, target, request)).rejects.toMatchObject(unreadable);
  world.provider.receive = () => Promise.reject(new Error("secret words"));
  await expect(receiveWebhook(runtime, target, request)).rejects.toMatchObject({ code: "plugin.crashed" });
  expect(JSON.stringify(world.warnings)).not.toContain("secret words");
});
