import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TimelineItem } from "../../src/profiles/timeline/item.ts";
import { profileTimeline } from "../../src/profiles/timeline/profile-timeline.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import {
  step,
  writeConsent,
  writeDelivery,
  writeEvent,
  writeJourney,
  writeProfile,
  writeRefusal,
  writeRun,
} from "./story.ts";

const noon = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;

describe("a profile's timeline", () => {
  let test: TestStore;
  let profileId: string;
  let journeyId: string;
  const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(test.store, test.workspace.id, work);
  const timeline = (limit: number, before?: string) =>
    within((tx) => profileTimeline(tx, profileId, { limit, before }));

  async function readAll(limit: number): Promise<TimelineItem[]> {
    const items: TimelineItem[] = [];
    let page = await timeline(limit);
    for (;;) {
      items.push(...page.items);
      if (page.next === null) return items;
      expect(page.items).toHaveLength(limit);
      page = await timeline(limit, page.next);
    }
  }

  // Most of it at one instant, as in one batch: there the order must come from what caused what.
  beforeAll(async () => {
    test = await createTestStore();
    await within(async (tx) => {
      profileId = await writeProfile(tx, "ada");
      journeyId = await writeJourney(tx, "welcome");
      const stranger = await writeProfile(tx, "bob");
      await writeEvent(tx, { profileId: stranger, name: "Signed Up", at: noon });
      await writeRun(tx, { profileId: stranger, journeyId, startedAt: noon, steps: [step(1, "other")] });
      await writeConsent(tx, { profileId, at: noon - minute, state: "granted" });
      await writeEvent(tx, { profileId, name: "$consent", at: noon - minute });
      await writeEvent(tx, {
        profileId,
        name: "$identify",
        at: noon - 1,
        payload: { traits: { plan: "pro", age: 3 } },
      });
      const entryId = await writeEvent(tx, {
        profileId,
        name: "Signed Up",
        at: noon,
        payload: { properties: { by: "x" } },
      });
      const run = await writeRun(tx, {
        profileId,
        journeyId,
        entryId,
        startedAt: noon,
        status: "ended",
        endedAt: noon + 5 * minute,
        endedBy: "goal",
        outcome: "goal",
        goalAt: noon + 5 * minute,
        nodeId: "wait",
        seq: 3,
        steps: [
          step(1, "plan", {
            enteredAt: noon,
            leftAt: noon,
            outcome: "is pro",
            detail: { values: { "profile.plan": "pro" }, missing: ["profile.seats"] },
          }),
          step(2, "mail", { type: "send", enteredAt: noon, leftAt: noon, outcome: "planned" }),
          step(3, "wait", {
            type: "waitForEvent",
            enteredAt: noon,
            leftAt: noon + 5 * minute,
            outcome: "goal",
            detail: { exit: null, event: "Order Completed", eventId: "e" },
          }),
        ],
      });
      await writeDelivery(tx, { run, at: noon, seq: 2, nodeId: "mail", state: "suppressed", reason: "no_consent" });
      await writeEvent(tx, { profileId, name: "Order Completed", at: noon + 5 * minute });
      await writeRefusal(tx, {
        profileId,
        journeyId,
        at: noon + 5 * minute,
        reason: "cooldown",
        detail: { enteredAt: noon, until: noon + 60 * minute },
      });
      await writeRun(tx, {
        profileId,
        journeyId,
        entryKey: "second",
        startedAt: noon + 6 * minute,
        since: noon + 6 * minute,
        status: "failed",
        nodeId: "count",
        error: { code: "run.node_failed", nodeId: "count", detail: "Trait age is a list." },
      });
    });
  });
  afterAll(() => test.close());

  const said = [
    "Journey “The welcome”: It is parked at “count” by the error run.node_failed: Trait age is a list.",
    "Journey “The welcome”: It entered version 1 because of “Signed Up”.",
    "Journey “The welcome”: It ended because the goal was reached.",
    "Journey “The welcome”: “wait” was left at once, because the goal was reached, when “Order Completed” arrived.",
    "Not entered into “The welcome”: its last entry on 2026-01-01 12:00:00 UTC is too recent; it may enter again on 2026-01-01 13:00:00 UTC.",
    "“Order Completed” was received.",
    "Journey “The welcome”: The email delivery of “mail” was not sent, because the profile has not consented to promotional email.",
    "Journey “The welcome”: “mail” asked for its delivery and did not wait for it.",
    'Journey “The welcome”: “plan” took the branch “is pro”, because profile.plan is "pro" and profile.seats is missing.',
    "Journey “The welcome”: It entered version 1 because of “Signed Up”.",
    "“Signed Up” was received.",
    "Its traits were set: age, plan.",
    "Consent to promotional email on every topic was granted (source: form).",
  ];

  it("tells everything once, newest first, a cause before its effect, each with its reason", async () => {
    const page = await timeline(100);
    expect(page.items.map(({ says }) => says)).toEqual(said);
    expect(page.next).toBeNull();
  });

  it.each([1, 2, 3, 5, 12, 13])("is the same read in pages of %i", async (limit) => {
    const items = await readAll(limit);
    expect(items.map(({ says }) => says)).toEqual(said);
  });

  it("carries the facts behind each sentence", async () => {
    const { items } = await timeline(100);
    const byKind = (kind: TimelineItem["kind"]) => items.filter((item) => item.kind === kind);
    expect(byKind("event")).toHaveLength(3);
    expect(byKind("event")[1]).toMatchObject({
      at: noon,
      event: { name: "Signed Up", kind: "track", occurredAt: noon, properties: { by: "x" }, traits: null },
    });
    expect(byKind("consent")).toMatchObject([{ consent: { state: "granted", detail: { words: "Yes" } } }]);
    expect(byKind("refused")).toMatchObject([
      { journey: { id: journeyId, version: 1 }, refusal: { reason: "cooldown" } },
    ]);
    expect(byKind("step")[2]).toMatchObject({
      step: { seq: 1, nodeId: "plan", outcome: "is pro", detail: { values: { "profile.plan": "pro" } } },
    });
    expect(byKind("delivery")).toMatchObject([{ delivery: { state: "suppressed", reason: "no_consent" } }]);
    expect(byKind("ended")).toMatchObject([{ end: { by: "goal", outcome: "goal", goalAt: noon + 5 * minute } }]);
    expect(byKind("failed")).toMatchObject([{ error: { code: "run.node_failed" } }]);
    expect(byKind("entered")[1]).toMatchObject({ run: { entryKey: "" }, entry: { name: "Signed Up" } });
  });

  it.each(["nonsense", "", Buffer.from('[1,2,"x\'"]').toString("base64url"), "W10"])(
    "refuses a cursor it has not made: %j",
    async (before) => {
      await expect(timeline(10, before)).rejects.toMatchObject({ code: "request.invalid_field", pointer: "/before" });
    },
  );

  it("is empty in another workspace", async () => {
    const other = await createWorkspace(test.store, { slug: "other", name: "Other", shards: 1 });
    const page = await inWorkspace(test.store, other.id, (tx) => profileTimeline(tx, profileId, { limit: 10 }));
    expect(page).toEqual({ items: [], next: null });
  });

  it("reads a few events of each name, however many there are", async () => {
    const busy = await within(async (tx) => {
      const id = await writeProfile(tx, "busy");
      await tx.run(
        `insert into events (workspace_id, profile_id, name, received_at, id, kind, occurred_at, message_id, payload)
         select $1, $2, 'Name ' || n % 3, to_timestamp($3 + n), gen_random_uuid(), 'track', now(), n::text, '{}'
         from generate_series(1, 3000) n`,
        [tx.workspaceId, id, noon / 1000],
      );
      return id;
    });
    const page = await within((tx) => profileTimeline(tx, busy, { limit: 4 }));
    expect(page.items.map(({ at }) => (at - noon) / 1000)).toEqual([3000, 2999, 2998, 2997]);
  });
});
