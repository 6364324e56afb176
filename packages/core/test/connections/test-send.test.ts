import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import type { TestSendRequest } from "../../src/connections/test-send.ts";
import { testSend } from "../../src/connections/test-send.ts";
import type { World, WorldOptions } from "../deliver/world.ts";
import { createWorld } from "../deliver/world.ts";
import { hooksOf, receipt } from "../receipt/incoming.ts";

let world: World;

const own = "ops@operator.example";
const createTested = (connection: WorldOptions["connection"] = {}, more: WorldOptions = {}) =>
  createWorld({ address: "email", ...more, connection: { testAddresses: [own], ...connection } });
const send = (asked: Partial<TestSendRequest> = {}) => {
  const { connections, log } = world.runtimeOf();
  const request = { action: "send", input: { text: "Hi {{ profile.name }}" }, profile: { name: "Ben" }, address: own };
  return testSend(connections, world.target, { asked: { ...request, ...asked }, log, actor: "key-1", now: 0 });
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "sent",
    (error: WendError) => error.code,
  );

describe("a test send", () => {
  it("renders for a profile and calls once, with a key of its own, under ids of nobody", async () => {
    world = await createTested();
    world.provider.handle = async () => ({ providerId: "p-1", output: { receipt: "r-1" } });
    const sent = await send();
    expect(sent).toMatchObject({ output: { receipt: "r-1" }, providerId: "p-1", sandbox: null });
    expect(sent.idempotencyKey).toMatch(/^test:/);
    const [call] = world.provider.calls;
    expect(world.provider.calls).toHaveLength(1);
    expect(call).toMatchObject({ input: { text: "Hi Ben" }, address: own, idempotencyKey: sent.idempotencyKey });
    const { deliveryId, profileId } = call!;
    expect(await world.sql("select id from deliveries where workspace_id = $1 and id = $2", [deliveryId])).toEqual([]);
    expect(await world.sql("select id from profiles where workspace_id = $1 and id = $2", [profileId])).toEqual([]);
  });

  it("is no delivery: nothing is stored of it, and no receipt finds it", async () => {
    world = await createTested({ dailyQuota: 1 });
    world.provider.handle = async () => ({ providerId: "p-1", output: {} });
    const { idempotencyKey } = await send();
    const { deliveryId } = world.provider.calls[0]!;
    await hooksOf(world)({
      receipts: [deliveryId, { providerId: "p-1" }, { idempotencyKey }].map((about) =>
        receipt(about, { kind: "bounced", bounce: "hard" }),
      ),
    });
    for (const table of ["deliveries", "attempts", "events", "suppressions", "connection_usage"]) {
      expect(await world.sql(`select workspace_id from ${table} where workspace_id = $1`)).toEqual([]);
    }
  });

  it.each<[string, string[], Partial<TestSendRequest>, string]>([
    ["an address that is not on the list", [own], { address: "ann@customer.example" }, "/address"],
    ["an address in another case", [own], { address: own.toUpperCase() }, "/address"],
    ["any address while the list is empty", [], {}, "/address"],
  ])("is refused to %s", async (_, ...[testAddresses, asked, pointer]) => {
    world = await createTested({ testAddresses });
    await expect(send(asked)).rejects.toMatchObject({ code: "connection.test_address_not_allowed", pointer });
    expect(world.provider.calls).toEqual([]);
  });

  it("is refused to an action without an address: its input could name anybody", async () => {
    world = await createWorld({ connection: { testAddresses: [own] } });
    const refused = { code: "connection.test_address_not_allowed", pointer: "/action" };
    await expect(send()).rejects.toMatchObject(refused);
    expect(world.provider.calls).toEqual([]);
  });

  it("is refused to an action that may find its customer by more than the address", async () => {
    world = await createTested({}, { byInput: true });
    const refused = { code: "connection.test_address_not_allowed", pointer: "/action" };
    await expect(send()).rejects.toMatchObject(refused);
    expect(world.provider.calls).toEqual([]);
  });

  it("says with a code what went wrong, and tries nothing again", async () => {
    world = await createTested({}, { timeoutMs: 100 });
    expect(await codeOf(send({ action: "sned" }))).toBe("connection.unknown_action");
    await expect(send({ input: { text: 7, fail: 1 } as never })).rejects.toMatchObject({
      code: "input.invalid",
      problems: [{ pointer: "/input/text" }, { pointer: "/input/fail" }],
    });
    expect(world.provider.calls).toEqual([]);
    const ends = [
      [() => Promise.reject(new WendError("provider.unavailable")), "provider.unavailable"],
      [() => Promise.reject(new Error("secret")), "plugin.crashed"],
      [() => new Promise<never>(() => {}), "plugin.timeout"],
      [async () => 42, "plugin.bad_output"],
    ] as const;
    for (const [handle, code] of ends) {
      world.provider.handle = handle;
      expect(await codeOf(send())).toBe(code);
    }
    expect(world.provider.calls).toHaveLength(ends.length);
    expect(JSON.stringify(world.warnings)).not.toContain("secret");
  });

  it("stays in the connection's sandbox", async () => {
    world = await createTested({ sandbox: { redirectTo: "box@operator.example" } });
    expect(await send()).toMatchObject({ sandbox: { redirectTo: "box@operator.example" } });
    expect(world.provider.calls.map(({ address }) => address)).toEqual(["box@operator.example"]);
    world = await createTested({ sandbox: { record: true } });
    expect(await send()).toMatchObject({ output: null, providerId: null, sandbox: { record: true } });
    expect(world.provider.calls).toEqual([]);
  });
});
