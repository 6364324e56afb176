import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";
import { welcomeJourney } from "./welcome-journey.ts";

interface Route {
  readonly id: string;
  readonly key: string;
  readonly mode: string;
  readonly members: readonly { readonly connectionId: string; readonly key: string; readonly weight: number }[];
}

describe("routes", () => {
  let api: TestApi;
  const members = [{ connection: "first" }, { connection: "second", weight: 3 }];

  beforeAll(async () => {
    api = await startTestApi();
    for (const key of ["first", "second"]) {
      await api.mutate("connections.create", { key, plugin: "mail", config: { host: "mail.example.com" } });
    }
  });
  afterAll(() => api.close());

  it("are made, changed by key or id, listed and deleted", async () => {
    const made = (await api.mutate<Route>("routes.create", { key: "both", mode: "failover", members })).data;
    expect(made).toMatchObject({ key: "both", channel: "email", mode: "failover" });
    const changed = await api.mutate<Route>("routes.update", { route: made.id, mode: "split" });
    expect(changed.data).toMatchObject({ mode: "split", members: [{ key: "first" }, { key: "second", weight: 3 }] });
    const list = await api.query<{ items: Route[] }>("routes.list");
    expect(list.data.items).toEqual([changed.data]);
    expect((await api.mutate("routes.delete", { route: "both" })).data).toEqual({ id: made.id });
    const gone = await api.mutate("routes.update", { route: "both", mode: "split" });
    expect(gone.error.data.wend).toMatchObject({ code: "route.not_found", pointer: "/route" });
  });

  it("say everything that is wrong with them", async () => {
    const refused = await api.mutate("routes.create", { key: "9", mode: "split", members: [{ connection: "nobody" }] });
    expect(refused.status).toBe(400);
    expect(refused.error.data.wend).toMatchObject({
      code: "route.invalid",
      problems: [
        { code: "route.invalid", pointer: "/key" },
        { code: "route.unknown_member", pointer: "/members/0/connection" },
      ],
    });
  });

  it("carry a journey's deliveries, and are kept while it is live", async () => {
    await api.mutate("routes.create", { key: "mail", mode: "failover", members });
    const { data } = await api.mutate<{ id: string }>("journeys.create", {
      key: "welcome",
      definition: welcomeJourney,
    });
    expect((await api.mutate("journeys.publish", { journey: data.id })).status).toBe(200);
    const refused = await api.mutate("routes.delete", { route: "mail" });
    expect(refused).toMatchObject({ status: 409, error: { data: { wend: { code: "route.in_use" } } } });
  });

  it("are another tenant's business alone", async () => {
    const other = await api.addTenant("other");
    const list = await api.query<{ items: Route[] }>("routes.list", undefined, other.key);
    expect(list.data.items).toEqual([]);
    const change = { route: "mail", mode: "split" };
    const unknown = await api.mutate("routes.update", change, other.key);
    expect(unknown.error.data.wend.code).toBe("route.not_found");
  });
});
