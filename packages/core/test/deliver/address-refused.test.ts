import { WendError } from "@wend/plugin";
import { expect, it } from "vitest";
import { hooksOf, optedIn, receipt } from "../receipt/incoming.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

const subscription = (endpoint: string, more = {}) =>
  JSON.stringify({ endpoint, ...more, keys: { p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) } });

const plan = (world: World, addresses: readonly string[]) =>
  world.plan(addresses.map((address) => ({ address, channel: "push", traits: { push: address } })));

const suppressed = (world: World) =>
  world.sql("select reason, connection_id from suppressions where workspace_id = $1");

it("an address that its provider says is no more is not written to again, in whatever spelling", async () => {
  const world = await createWorld({ address: "push" });
  const gone = "https://push.example/gone";
  const [first, other] = (await plan(world, [subscription(gone), subscription("https://push.example/other")])) as [
    string,
    string,
  ];
  world.provider.handle = async ({ address }) => {
    if (address?.includes(gone)) throw new WendError("address.gone");
    return { output: {} };
  };
  await world.deliver([first, other]);
  const [again, live] = (await plan(world, [
    subscription(gone, { expirationTime: null }),
    subscription("https://push.example/other"),
  ])) as [string, string];
  await world.deliver([again, live]);
  const states = new Map(
    (await world.find([first, other, again, live])).map((row) => [row.id, [row.state, row.reason]]),
  );
  expect([first, other, again, live].map((id) => states.get(id))).toEqual([
    ["failed", "address.gone"],
    ["accepted", null],
    ["suppressed", "address_suppressed"],
    ["accepted", null],
  ]);
  expect(world.provider.calls).toHaveLength(3);
});

it.each([
  ["address.gone", "bounced"],
  ["address.unsubscribed", "unsubscribed"],
  ["address.invalid", undefined],
  ["provider.rejected", undefined],
] as const)("a call that is refused by %s suppresses the address: %s", async (code, reason) => {
  const world = await createWorld({ address: "email" });
  const address = "ada@example.com";
  const [id] = await world.plan([{ address, channel: "email", traits: { email: address } }]);
  world.provider.handle = () => Promise.reject(new WendError(code));
  await world.deliver([id!]);
  expect((await world.find([id!]))[0]).toMatchObject({ state: "failed", reason: code });
  const connection_id = reason === "unsubscribed" ? world.connection.id : null;
  expect(await suppressed(world)).toEqual(reason === undefined ? [] : [{ reason, connection_id }]);
});

it.each([
  ["by no webhook", false],
  ["by a webhook before", true],
])("START lifts what a call refused by address.unsubscribed has done, where STOP was told %s", async (_, isTold) => {
  const world = await createWorld({ address: "email" });
  const address = "ada@example.com";
  const ids = await world.plan([1, 2].map(() => ({ address, channel: "email", traits: { email: address } })));
  const told = hooksOf(world);
  world.provider.handle = async () => {
    // STOP reaches the host while its provider already refuses the call.
    if (isTold) await told({ receipts: [receipt({ address }, { kind: "unsubscribed" })] });
    throw new WendError("address.unsubscribed");
  };
  await world.deliver([ids[0]!]);
  expect(await suppressed(world)).toEqual([{ reason: "unsubscribed", connection_id: world.connection.id }]);

  await told({ signals: [optedIn(address, Date.parse("2026-03-02T00:00:00Z"))] });
  expect(await suppressed(world)).toEqual([]);
  world.provider.handle = async () => ({ output: {} });
  await world.deliver([ids[1]!]);
  expect((await world.find([ids[1]!]))[0]).toMatchObject({ state: "accepted" });
});

it("START lifts no bounce, whatever call was refused by address.unsubscribed since", async () => {
  const world = await createWorld({ address: "email" });
  const address = "ada@example.com";
  const [id] = await world.plan([{ address, channel: "email", traits: { email: address } }]);
  const told = hooksOf(world);
  world.provider.handle = async () => {
    await told({ receipts: [receipt({ address }, { kind: "bounced", bounce: "hard" })] });
    throw new WendError("address.unsubscribed");
  };
  await world.deliver([id!]);
  await told({ signals: [optedIn(address, Date.parse("2026-03-02T00:00:00Z"))] });
  expect(await suppressed(world)).toEqual([{ reason: "bounced", connection_id: null }]);
});
