import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { noon, startTestApi } from "./harness.ts";
import { welcomeJourney } from "./welcome-journey.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
interface Ids {
  readonly id: string;
  readonly profileId: string;
  readonly status: string;
}
interface Told {
  readonly at: string;
  readonly kind: string;
  readonly says: string;
}

// Three customers go through one journey, by events alone; everything is then read through the API.
describe("what happened, as the API tells it", () => {
  let api: TestApi;
  let journeyId: string;
  const runOf = async (userId: string): Promise<Ids> => {
    const { data: profile } = await api.query<Ids>("profiles.get", { userId });
    const { data } = await api.query<Page<Ids>>("runs.list", { profileId: profile.id });
    return data.items[0]!;
  };

  beforeAll(async () => {
    api = await startTestApi();
    await api.mutate("connections.create", { key: "mail", plugin: "mail", config: { host: "mail.example.com" } });
    const { data } = await api.mutate<Ids>("journeys.create", { key: "welcome", definition: welcomeJourney });
    journeyId = data.id;
    await api.mutate("journeys.publish", { journey: "welcome" });
    await api.identify("ada", { plan: "pro", email: "ada@example.com" });
    await api.identify("bob", { plan: "pro", email: "bob@example.com" });
    const items = [{ userId: "ada", channel: "email", purpose: "promotional" }];
    await api.mutate("consents.grant", { items, source: "form" });
    await api.advance();
    api.test.clock.advance("PT1M");
    for (const user of ["ada", "bob", "eve"]) await api.track(user, "Signed Up");
    api.test.clock.advance("PT1H");
    await api.track("bob", "Order Completed");
    api.test.clock.advance("PT1M");
    await api.track("bob", "Signed Up");
  });
  afterAll(() => api.close());

  it("counts where the journey's runs stand, and the counts add up", async () => {
    const { data } = await api.query("journeys.get", { journey: journeyId });
    expect(data).toMatchObject({
      counts: { entered: 3, active: 1, failed: 0, ended: 2, endedBy: { end: 1, goal: 1 } },
    });
  });

  it("shows a run that waits: its steps with their grounds, and what it waits for until when", async () => {
    const { id } = await runOf("ada");
    const { data } = await api.query("runs.get", { id });
    expect(data).toMatchObject({
      id,
      journeyId,
      journey: { key: "welcome", name: "Welcome", status: "live" },
      version: 1,
      status: "active",
      nodeId: "wait",
      entry: { name: "Signed Up", receivedAt: "2026-01-01T12:01:00.000Z" },
      startedAt: "2026-01-01T12:01:00.000Z",
      endedAt: null,
      error: null,
      stepsBefore: null,
      steps: [
        {
          seq: 1,
          nodeId: "plan",
          type: "split",
          outcome: "pro",
          detail: { values: { "profile.plan": "pro" } },
          says: '“plan” took the branch “pro”, because profile.plan is "pro".',
        },
        { seq: 2, nodeId: "mail", type: "send", outcome: "planned" },
      ],
      visit: {
        seq: 3,
        nodeId: "wait",
        type: "waitForEvent",
        enteredAt: "2026-01-01T12:01:00.000Z",
        waitsFor: { kind: "event", events: ["Tour Finished"], until: "2026-01-03T12:01:00.000Z" },
      },
      says: "It waits at “wait” for “Tour Finished”, at most until 2026-01-03 12:01:00 UTC.",
    });
  });

  it("shows a run that ended, and why", async () => {
    const { id } = await runOf("bob");
    const { data } = await api.query("runs.get", { id });
    expect(data).toMatchObject({
      status: "ended",
      endedBy: "goal",
      goalAt: "2026-01-01T13:01:00.000Z",
      visit: null,
      says: "It ended because the goal was reached.",
    });
  });

  it("lists runs by status", async () => {
    const active = await api.query<Page<Ids>>("runs.list", { status: "active", journeyId });
    expect(active.data.items.map(({ id }) => id)).toEqual([(await runOf("ada")).id]);
    expect((await api.query<Page<Ids>>("runs.list", { status: "ended" })).data.items).toHaveLength(2);
  });

  it("lists deliveries by state, and shows one with the gate's checks and its reason", async () => {
    const queued = await api.query<Page<Ids>>("deliveries.list", { state: "queued" });
    const suppressed = await api.query<Page<Ids>>("deliveries.list", { state: "suppressed", journeyId });
    expect([queued.data.items.length, suppressed.data.items.length]).toEqual([1, 1]);
    const { data } = await api.query("deliveries.get", { id: suppressed.data.items[0]!.id });
    expect(data).toMatchObject({
      state: "suppressed",
      reason: "no_consent",
      channel: "email",
      connection: { key: "mail", plugin: "mail" },
      input: { subject: "Welcome" },
      attempts: [],
      settledAt: "2026-01-01T12:01:00.000Z",
      says: "The email delivery of “mail” was not sent, because the profile has not consented to promotional email.",
    });
    const { checks } = data as { checks: { step: string; pass: boolean; reason: string | null }[] };
    expect(checks.map(({ step, pass }) => [step, pass])).toEqual([
      ["run_live", true],
      ["exit_and_goal", true],
      ["consent", false],
    ]);
  });

  it("tells a customer's timeline with the reasons", async () => {
    const { data } = await api.query<Page<Told>>("profiles.timeline", { userId: "bob" });
    expect(data.items.map(({ at, kind, says }) => [at.slice(11, 16), kind, says])).toEqual([
      [
        "13:02",
        "refused",
        "Not entered into “Welcome”: it entered before on 2026-01-01 12:01:00 UTC, and this journey takes nobody twice.",
      ],
      ["13:02", "event", "“Signed Up” was received."],
      ["13:01", "ended", "Journey “Welcome”: It ended because the goal was reached."],
      [
        "13:01",
        "step",
        "Journey “Welcome”: “wait” was left at once, because the goal was reached, when “Order Completed” arrived.",
      ],
      ["13:01", "event", "“Order Completed” was received."],
      [
        "12:01",
        "delivery",
        "Journey “Welcome”: The email delivery of “mail” was not sent, because the profile has not consented to promotional email.",
      ],
      ["12:01", "step", "Journey “Welcome”: The delivery of “mail” came out as suppressed."],
      ["12:01", "step", 'Journey “Welcome”: “plan” took the branch “pro”, because profile.plan is "pro".'],
      ["12:01", "entered", "Journey “Welcome”: It entered version 1 because of “Signed Up”."],
      ["12:01", "event", "“Signed Up” was received."],
      ["12:00", "event", "Its traits were set: plan, email."],
    ]);
    expect(data.next).toBeNull();
  });

  it("reads the same timeline in small pages", async () => {
    const whole = await api.query<Page<Told>>("profiles.timeline", { userId: "ada", limit: 200 });
    const parts: Told[] = [];
    let before: string | null = null;
    do {
      const page: { data: Page<Told> } = await api.query<Page<Told>>("profiles.timeline", {
        userId: "ada",
        limit: 2,
        ...(before !== null && { before }),
      });
      parts.push(...page.data.items);
      before = page.data.next;
    } while (before !== null);
    expect(parts).toEqual(whole.data.items);
    expect(parts.filter(({ kind }) => kind === "consent")).toHaveLength(1);
    expect(parts.some(({ says }) => says.includes("$consent"))).toBe(false);
  });

  it("shows a customer by any of its names", async () => {
    const { data: byUser } = await api.query<Ids>("profiles.get", { userId: "ada" });
    expect(byUser).toMatchObject({
      traits: { plan: "pro", email: "ada@example.com" },
      identities: [{ kind: "user_id", value: "ada" }],
      consents: [{ channel: "email", purpose: "promotional", topic: "*", state: "granted", source: "form" }],
      runs: [{ status: "active", nodeId: "wait" }],
      createdAt: new Date(noon).toISOString(),
    });
    expect((await api.query("profiles.get", { id: byUser.id })).data).toEqual(byUser);
  });

  it("answers another tenant as if none of it existed", async () => {
    const other = await api.addTenant("other");
    const { id: profileId } = (await api.query<Ids>("profiles.get", { userId: "ada" })).data;
    const run = await runOf("ada");
    const delivery = (await api.query<Page<Ids>>("deliveries.list", {})).data.items[0]!;
    const connection = (await api.query<Page<Ids>>("connections.list")).data.items[0]!;
    const unknown = "01900000-0000-7000-8000-000000000000";
    const asks = [
      ["query", "journeys.get", "journey", journeyId],
      ["mutate", "journeys.publish", "journey", journeyId],
      ["mutate", "journeys.pause", "journey", journeyId],
      ["mutate", "journeys.resume", "journey", journeyId],
      ["query", "runs.get", "id", run.id],
      ["query", "deliveries.get", "id", delivery.id],
      ["query", "profiles.get", "id", profileId],
      ["query", "profiles.timeline", "id", profileId],
      ["mutate", "connections.check", "connection", connection.id],
      ["mutate", "connections.update", "connection", connection.id],
      ["query", "runs.list", "journeyId", journeyId],
      ["query", "runs.list", "profileId", profileId],
      ["query", "deliveries.list", "profileId", profileId],
      ["query", "deliveries.list", "connectionId", connection.id],
    ] as const;
    const without = (answer: object, id: string) =>
      JSON.stringify(answer)
        .replaceAll(id, "ID")
        .replace(/"requestId":"[^"]+"/, "");
    for (const [way, path, field, id] of asks) {
      const theirs = await api[way](path, { [field]: id }, other.key);
      const nobodys = await api[way](path, { [field]: unknown }, other.key);
      expect([path, without(theirs, id)]).toEqual([path, without(nobodys, unknown)]);
      expect(theirs.data ?? theirs.status).toEqual(theirs.status === 200 ? { items: [], next: null } : 404);
    }
    for (const list of ["journeys.list", "runs.list", "deliveries.list", "connections.list"]) {
      expect((await api.query<Page<Ids>>(list, undefined, other.key)).data.items).toEqual([]);
    }
    const grant = { items: [{ profileId, channel: "email", purpose: "promotional" }] };
    expect((await api.mutate("consents.revoke", grant, other.key)).error.data.wend.code).toBe("profile.not_found");
    expect((await api.query("profiles.get", { userId: "ada" })).data).toMatchObject({
      consents: [{ state: "granted" }],
    });
  });
});
