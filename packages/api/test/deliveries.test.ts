import { inWorkspace } from "@wend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";
import { welcomeJourney } from "./welcome-journey.ts";

interface Items {
  readonly items: readonly { readonly id: string }[];
}
const nobodys = "01900000-0000-7000-8000-000000000000";

describe("deliveries of unknown outcome", () => {
  let api: TestApi;
  let ids: string[];

  beforeAll(async () => {
    api = await startTestApi();
    await api.mutate("connections.create", { key: "mail", plugin: "mail", config: { host: "mail.example.com" } });
    await api.mutate("journeys.create", { key: "welcome", definition: welcomeJourney });
    await api.mutate("journeys.publish", { journey: "welcome" });
    const users = ["ada", "bob", "eve"];
    for (const user of users) await api.identify(user, { plan: "pro", email: `${user}@example.com` });
    const items = users.map((userId) => ({ userId, channel: "email", purpose: "promotional" }));
    await api.mutate("consents.grant", { items, source: "form" });
    await api.advance();
    for (const user of users) await api.track(user, "Signed Up");
    ids = (await api.query<Items>("deliveries.list", { state: "queued" })).data.items.map(({ id }) => id);
    // As a worker leaves them whose call was lost.
    await inWorkspace(api.test.store, api.test.workspace.id, (tx) =>
      tx.run("update deliveries set state = 'unknown', attempt = 1, claim = 1, ambiguous = true, due_at = null"),
    );
  });
  afterAll(() => api.close());

  const verdicts = async (id: string) =>
    (await api.query<{ verdicts: object[] }>("deliveries.get", { id })).data.verdicts;

  it("are settled and resent by an operator, with an answer for each id, and it is kept who said so and when", async () => {
    const [first, second, third] = ids;
    expect(ids).toHaveLength(3);
    const settled = await api.mutate("deliveries.settle", { ids: [first, nobodys], as: "failed" });
    expect(settled.data).toEqual({ settled: [first], refused: [{ id: nobodys, code: "delivery.not_found" }] });
    const resent = await api.mutate("deliveries.resend", { ids: [first, second] });
    expect(resent.data).toEqual({ resent: [second], refused: [{ id: first, code: "delivery.wrong_state" }] });
    const actor = /^srv_([^_]+)_/.exec(api.key)![1];
    expect(await verdicts(first!)).toEqual([{ verdict: "failed", at: "2026-01-01T12:00:00.000Z", actor }]);
    expect(await verdicts(second!)).toMatchObject([{ verdict: "resend", actor }]);
    const left = (await api.query<Items>("deliveries.list", { state: "unknown" })).data.items;
    expect(left.map(({ id }) => id)).toEqual([third]);
  });

  it("answer another tenant like ids that nobody has", async () => {
    const other = await api.addTenant("other");
    const refused = [{ id: ids[2], code: "delivery.not_found" }];
    const call = { ids: [ids[2]] };
    expect((await api.mutate("deliveries.settle", { ...call, as: "accepted" }, other.key)).data).toEqual({
      settled: [],
      refused,
    });
    expect((await api.mutate("deliveries.resend", call, other.key)).data).toEqual({ resent: [], refused });
    expect((await api.query("deliveries.get", { id: ids[2] })).data).toMatchObject({ state: "unknown", verdicts: [] });
  });

  it.each([
    [{ ids: [] }, "/ids"],
    [{ ids: Array.from({ length: 1_001 }, () => nobodys) }, "/ids"],
    [{ ids: ["1"] }, "/ids/0"],
    [{ ids: [nobodys], more: 1 }, "/more"],
  ])("are refused with the place of the fault: case %#", async (input, pointer) => {
    const { error } = await api.mutate("deliveries.resend", input);
    expect(error.data.wend).toMatchObject({ code: "request.invalid_field", pointer });
    const settle = await api.mutate("deliveries.settle", { ...input, as: "accepted" });
    expect(settle.error.data.wend).toMatchObject({ code: "request.invalid_field", pointer });
  });

  it("are not settled as anything else", async () => {
    const { error } = await api.mutate("deliveries.settle", { ids: [nobodys], as: "delivered" });
    expect(error.data.wend).toMatchObject({ code: "request.invalid_field", pointer: "/as" });
  });
});
