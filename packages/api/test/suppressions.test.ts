import { deliverBatch } from "@wend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";
import { welcomeJourney } from "./welcome-journey.ts";

interface Delivery {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
}
interface Page<Item> {
  readonly items: readonly Item[];
}

describe("suppressions", () => {
  let api: TestApi;
  let connectionId: string;
  const email = (address: string) => ({ channel: "email", address });
  const add = (addresses: string[], reason = "hard_bounce") =>
    api.mutate("suppressions.add", { items: addresses.map(email), reason });
  const remove = (addresses: string[]) => api.mutate("suppressions.remove", { items: addresses.map(email) });
  const check = async (address: string) => (await api.mutate("suppressions.check", email(address))).data;
  const deliveryOf = async (userId: string) => {
    const { data: profile } = await api.query<{ id: string }>("profiles.get", { userId });
    return (await api.query<Page<Delivery>>("deliveries.list", { profileId: profile.id })).data.items[0]!;
  };
  const customer = async (userId: string) => {
    await api.identify(userId, { plan: "pro", email: `${userId}@example.com` });
    await api.mutate("consents.grant", { items: [{ userId, channel: "email", purpose: "promotional" }] });
    await api.advance();
  };
  const deliver = ({ id }: Delivery) =>
    deliverBatch(api.runtime, { workspaceId: api.test.workspace.id, connectionId }, [id]);

  beforeAll(async () => {
    api = await startTestApi();
    const made = await api.mutate<{ id: string }>("connections.create", {
      key: "mail",
      plugin: "mail",
      config: { host: "mail.example.com" },
    });
    connectionId = made.data.id;
    await api.mutate("journeys.create", { key: "welcome", definition: welcomeJourney });
    await api.mutate("journeys.publish", { journey: "welcome" });
  });
  afterAll(() => api.close());

  it("are told with their reason and since when", async () => {
    expect(await check("ann@example.com")).toEqual({ suppressed: false, reason: null, createdAt: null });
    expect((await add(["ann@example.com", "Ann@Example.com", "bo@example.com"])).data).toEqual({ added: 2 });
    expect(await check("ANN@example.com")).toEqual({
      suppressed: true,
      reason: "hard_bounce",
      createdAt: "2026-01-01T12:00:00.000Z",
    });
    expect((await remove(["ann@example.com", "cy@example.com"])).data).toEqual({ removed: 1 });
    expect(await check("ann@example.com")).toMatchObject({ suppressed: false });
  });

  it("keep a journey from writing to an address, whatever the consent", async () => {
    await customer("eve");
    await add(["EVE@example.com"], "complaint");
    await api.track("eve", "Signed Up");
    expect(await deliveryOf("eve")).toMatchObject({ state: "suppressed", reason: "address_suppressed" });
  });

  it("stop a delivery that was planned before, and no other one", async () => {
    for (const user of ["fay", "gus"]) {
      await customer(user);
      await api.track(user, "Signed Up");
    }
    const planned = [await deliveryOf("fay"), await deliveryOf("gus")];
    expect(planned.map(({ state }) => state)).toEqual(["queued", "queued"]);
    await add(["fay@example.com"]);
    for (const one of planned) await deliver(one);
    expect(await deliveryOf("fay")).toMatchObject({ state: "suppressed", reason: "address_suppressed" });
    expect(await deliveryOf("gus")).toMatchObject({ state: "accepted", reason: null });
  });

  it("end when they are taken off the list", async () => {
    await customer("hal");
    await add(["hal@example.com"]);
    await remove(["hal@example.com"]);
    await api.track("hal", "Signed Up");
    await deliver(await deliveryOf("hal"));
    expect(await deliveryOf("hal")).toMatchObject({ state: "accepted" });
  });

  it("are another workspace's own", async () => {
    const other = await api.addTenant("other");
    await add(["ivy@example.com"]);
    const theirs = await api.mutate("suppressions.check", email("ivy@example.com"), other.key);
    expect(theirs.data).toMatchObject({ suppressed: false });
  });

  it.each([
    ["an address that is none", [email("ann")], "/items/0/address"],
    ["a number without its country", [{ channel: "sms", address: "0151 234567" }], "/items/0/address"],
    ["two addresses in one", [email("a@example.com, b@example.com")], "/items/0/address"],
    ["a channel that writes to no address", [{ channel: "webhook", address: "x" }], "/items/0/channel"],
    ["nothing", [], "/items"],
  ])("are refused: %s", async (_, items, pointer) => {
    const { status, error } = await api.mutate("suppressions.add", { items, reason: "manual" });
    expect([status, error.data.wend.code, error.data.wend.pointer]).toEqual([400, "request.invalid_field", pointer]);
  });
});
