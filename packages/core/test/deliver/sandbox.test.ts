import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { createDeliveries } from "../../src/connections/host/deliveries.ts";
import { updateConnection } from "../../src/connections/update-connection.ts";
import { claimGroup } from "../../src/deliver/claim/claim-group.ts";
import { loadDelivery } from "../../src/deliveries/load-delivery.ts";
import { matchParked } from "../../src/receipt/match/match-parked.ts";
import { noNews } from "../../src/serve/no-news.ts";
import { eventsOf, hooksOf, receipt } from "../receipt/incoming.ts";
import type { World, WorldOptions } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;

const start = "2026-03-01T00:00:00Z";
const customer = "ann@customer.example";
const own = "ops@operator.example";
const toCustomer = { channel: "email", address: customer };

const createSandbox = (sandbox: NonNullable<WorldOptions["connection"]>["sandbox"], more: WorldOptions = {}) =>
  createWorld({ now: start, address: "email", ...more, connection: { sandbox, ...more.connection } });
const change = (sandbox: { redirectTo: string } | { record: true } | null) => {
  const { plugins, secrets } = world;
  return world.inTest((tx) => updateConnection(tx, { plugins, secrets }, { connection: "sink", sandbox }));
};
const detail = (id: string) => world.inTest((tx) => loadDelivery(tx, id));
const reached = () => [...world.provider.calls, ...world.provider.batches.flat()].map(({ address }) => address);

describe("a sandbox that redirects", () => {
  it("sends to its own address instead of the customer's, and says so", async () => {
    world = await createSandbox({ redirectTo: own });
    const [id] = await world.plan([toCustomer]);
    await world.deliver([id!]);
    expect(reached()).toEqual([own]);
    const shown = await detail(id!);
    expect(shown).toMatchObject({ state: "accepted", address: customer, sandbox: { redirectTo: own } });
    expect(shown.says).toBe(
      `The email delivery of “n” was accepted by the provider at attempt 1. Its connection is a sandbox: it goes to ${own}, not to the customer.`,
    );
  });

  it("does so in batches, in each try, and after a lookup that finds nothing", async () => {
    world = await createSandbox({ redirectTo: own }, { batch: 3, dedupe: { by: "lookup", settleMs: 0 } });
    const ids = await world.plan([toCustomer, toCustomer, toCustomer, toCustomer]);
    world.provider.handle = async () => {
      throw new WendError("provider.unknown_outcome");
    };
    await world.deliver(ids);
    world.provider.handle = async () => ({ output: {} });
    world.provider.lookup = async () => ({ outcome: "absent" });
    world.clock!.advance(60_000);
    await world.deliver(ids);
    expect((await world.find(ids)).map(({ state }) => state)).toEqual(Array(4).fill("accepted"));
    expect(reached()).toHaveLength(8);
    expect(new Set(reached())).toEqual(new Set([own]));
  });

  it.each<[string, WorldOptions]>([
    ["has no address", {}],
    ["may find its customer by more than the address", { address: "email", byInput: true }],
  ])("records what %s, and calls nothing for it", async (_, options) => {
    world = await createWorld({ now: start, ...options });
    await change({ redirectTo: own });
    const [id] = await world.plan([{ channel: options.address ?? "webhook", address: customer }]);
    await world.deliver([id!]);
    expect(reached()).toEqual([]);
    expect(await detail(id!)).toMatchObject({ state: "accepted", reason: "sandbox", sandbox: { record: true } });
  });

  it("lets no receipt take a customer's permission back", async () => {
    world = await createSandbox({ redirectTo: own });
    const ids = await world.plan([toCustomer, toCustomer, toCustomer]);
    await world.deliver(ids);
    await hooksOf(world)({
      receipts: [
        receipt(ids[0]!, { kind: "bounced", bounce: "hard" }),
        receipt(ids[1]!, { kind: "complained" }),
        receipt(ids[2]!, { kind: "unsubscribed" }),
      ],
    });
    expect((await world.find(ids)).map(({ receipt }) => receipt)).toEqual(["bounced", "complained", "unsubscribed"]);
    expect(await world.sql("select reason from suppressions where workspace_id = $1")).toEqual([]);
    expect(await world.sql("select state from consents where workspace_id = $1")).toEqual([]);
  });

  it("lets no refusal of the other address take the customer's permission back", async () => {
    world = await createSandbox({ redirectTo: own });
    world.provider.handle = () => Promise.reject(new WendError("address.gone"));
    const [id] = await world.plan([toCustomer]);
    await world.deliver([id!]);
    expect((await world.find([id!]))[0]).toMatchObject({ state: "failed", reason: "address.gone" });
    expect(await world.sql("select reason from suppressions where workspace_id = $1")).toEqual([]);
  });

  it("is left behind by the next call once the connection is in earnest", async () => {
    world = await createSandbox({ redirectTo: own });
    world.provider.handle = () => Promise.reject(new WendError("provider.unavailable"));
    const [id] = await world.plan([toCustomer]);
    await world.deliver([id!]);
    expect((await detail(id!)).sandbox).toEqual({ redirectTo: own });
    await change(null);
    world.provider.handle = async () => ({ output: {} });
    world.clock!.advance(60_000);
    await world.deliver([id!]);
    expect(reached()).toEqual([own, customer]);
    expect(await detail(id!)).toMatchObject({ state: "accepted", sandbox: null });
    await hooksOf(world)({ receipts: [receipt(id!, { kind: "bounced", bounce: "hard" })] });
    expect(await world.sql("select reason from suppressions where workspace_id = $1")).toEqual([{ reason: "bounced" }]);
  });

  it("holds for a worker that has opened the connection before it was one", async () => {
    world = await createSandbox(null);
    const ids = await world.plan([toCustomer, toCustomer]);
    await world.deliver([ids[0]!]);
    await change({ redirectTo: own });
    await world.deliver([ids[1]!]);
    expect(reached()).toEqual([customer, own]);
  });
});

describe("a sandbox that records", () => {
  it.each([1, 3])("calls nothing and has the delivery accepted, with batches of %i", async (batch) => {
    world = await createSandbox({ record: true }, batch > 1 ? { batch } : {});
    const ids = await world.plan([{ ...toCustomer, awaited: true }, toCustomer, { ...toCustomer, action: "note" }]);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 3 } });
    expect(reached()).toEqual([]);
    const shown = await detail(ids[0]!);
    expect(shown).toMatchObject({ state: "accepted", reason: "sandbox", attempt: 0, sandbox: { record: true } });
    expect(shown.says).toBe("The email delivery of “n” was recorded and not sent: its connection is a sandbox.");
    expect(await world.sql("select detail from inbox where workspace_id = $1")).toEqual([
      { detail: { seq: 2, outcome: "accepted" } },
    ]);
    expect(await world.attempts(ids[0]!)).toEqual([]);
  });

  it("finds what is wrong with an input, as a call would", async () => {
    world = await createSandbox({ record: true });
    const [id] = await world.plan([{ ...toCustomer, input: { text: "x".repeat(1_001) } }]);
    await world.deliver([id!]);
    expect(await detail(id!)).toMatchObject({ state: "failed", reason: "input.invalid", sandbox: null });
  });

  it("asks nobody what became of a call in earnest: that is unknown", async () => {
    world = await createSandbox(null, { dedupe: { by: "lookup", settleMs: 0 } });
    const asked: string[] = [];
    world.provider.lookup = async (key) => {
      asked.push(key);
      return { outcome: "absent" };
    };
    const [id] = await world.plan([toCustomer]);
    const runtime = world.runtimeOf();
    await claimGroup(runtime, world.target, {
      connection: await runtime.connections.open(world.target),
      ids: [id!],
    });
    await change({ record: true });
    world.clock!.advance(60_000);
    await world.deliver([id!]);
    expect([asked, reached()]).toEqual([[], []]);
    expect(await detail(id!)).toMatchObject({ state: "unknown", reason: "delivery.unknown_outcome" });
  });

  it("shows a customer nothing of what it kept back", async () => {
    world = await createSandbox({ record: true });
    const ids = await world.plan([toCustomer]);
    await world.deliver(ids);
    const profileId = (await world.find(ids))[0]!.profile_id;
    const list = () =>
      createDeliveries({ store: world.store, id: world.target, news: noNews }).list(
        { profileId },
        new AbortController().signal,
      );
    expect(await list()).toEqual([]);
    await world.sql("update deliveries set sandbox_attempt = null where workspace_id = $1");
    expect(await list()).toHaveLength(1);
  });

  it("paces nothing: what is not called uses up no quota and no rate", async () => {
    world = await createSandbox({ record: true }, { connection: { dailyQuota: 1, ratePerSecond: 1 } });
    const ids = await world.plan([toCustomer, toCustomer, toCustomer]);
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 3 } });
  });
});

describe("what is said of an address on a sandbox", () => {
  const bounced = (address: string) => receipt({ address }, { kind: "bounced", bounce: "hard" });
  const complained = (address: string) => receipt({ address }, { kind: "complained" });
  const suppressed = () => world.sql("select reason from suppressions where workspace_id = $1");

  it.each([{ record: true } as const, { redirectTo: own }])(
    "takes no permission back, whether %j has written to it or nobody knows it",
    async (sandbox) => {
      world = await createSandbox(sandbox);
      await world.deliver(await world.plan([toCustomer]));
      const said = [customer, own, "nobody@elsewhere.example"].flatMap((address) => [
        bounced(address),
        complained(address),
      ]);
      await hooksOf(world)({ receipts: said });
      world.clock!.advance(60_000);
      await matchParked(world.runtimeOf());
      expect(await suppressed()).toEqual([]);
      const events = await eventsOf(world);
      expect(events.map(({ name }) => name)).toEqual(["$bounced", "$complained"]);
    },
  );

  it("takes none back for what it kept from the customer, once the connection is in earnest", async () => {
    world = await createSandbox({ record: true });
    await world.deliver(await world.plan([toCustomer]));
    await change(null);
    await hooksOf(world)({ receipts: [bounced(customer)] });
    expect(await suppressed()).toEqual([]);
    await world.deliver(await world.plan([toCustomer]));
    await hooksOf(world)({ receipts: [bounced(customer)] });
    expect(await suppressed()).toEqual([{ reason: "bounced" }]);
  });

  it("takes it back for what was sent in earnest before", async () => {
    world = await createSandbox(null);
    await world.deliver(await world.plan([toCustomer]));
    await change({ redirectTo: own });
    await hooksOf(world)({ receipts: [bounced(customer)] });
    expect(await suppressed()).toEqual([{ reason: "bounced" }]);
  });

  it("takes it back when whoever has the address says so", async () => {
    world = await createSandbox({ record: true });
    await world.deliver(await world.plan([toCustomer]));
    await hooksOf(world)({
      receipts: [customer, "nobody@elsewhere.example"].map((address) => receipt({ address }, { kind: "unsubscribed" })),
    });
    expect(await suppressed()).toEqual([{ reason: "unsubscribed" }, { reason: "unsubscribed" }]);
  });
});
