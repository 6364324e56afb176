import { WendError } from "@wend/plugin";
import { expect, it } from "vitest";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

const subscription = (endpoint: string, more = {}) =>
  JSON.stringify({ endpoint, ...more, keys: { p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) } });

const plan = (world: World, addresses: readonly string[]) =>
  world.plan(addresses.map((address) => ({ address, channel: "push", traits: { push: address } })));

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
  const suppressed = await world.sql("select reason from suppressions where workspace_id = $1");
  expect(suppressed).toEqual(reason === undefined ? [] : [{ reason }]);
});
