import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import type { RunState } from "@wend/journey";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DeliveryQuery } from "../../src/deliveries/list-deliveries.ts";
import { listDeliveries } from "../../src/deliveries/list-deliveries.ts";
import { loadDelivery } from "../../src/deliveries/load-delivery.ts";
import { uuidv7 } from "../../src/ids.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import { writeDelivery, writeJourney, writeProfile, writeRun } from "../profiles/story.ts";

const noon = Date.UTC(2026, 0, 1, 12);

describe("deliveries", () => {
  let test: TestStore;
  let run: RunState;
  let other: RunState;
  const connectionId = uuidv7();
  const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(test.store, test.workspace.id, work);
  const settle = (tx: Tx, id: string, set: string) =>
    tx.run(`update deliveries set ${set} where workspace_id = $1 and id = $2`, [tx.workspaceId, id]);

  beforeAll(async () => {
    test = await createTestStore();
    await within(async (tx) => {
      await tx.run(
        `insert into connections (workspace_id, id, key, plugin, channel, config, created_at, updated_at)
         values ($1, $2, 'mail', 'email-smtp', 'email', '{}', now(), now())`,
        [tx.workspaceId, connectionId],
      );
      const profiles = [await writeProfile(tx, "ada"), await writeProfile(tx, "bob")];
      const journeys = [await writeJourney(tx, "one"), await writeJourney(tx, "two")];
      run = await writeRun(tx, { profileId: profiles[0]!, journeyId: journeys[0]!, nodeId: "welcome" });
      other = await writeRun(tx, { profileId: profiles[1]!, journeyId: journeys[1]!, nodeId: "offer" });
    });
  });
  afterAll(() => test.close());

  describe("one that is loaded", () => {
    it("shows the gate's checks, the input as written, its key and every call", async () => {
      const delivery = await within(async (tx) => {
        const id = await writeDelivery(tx, { run, at: noon, connectionId, seq: 100, topic: "news" });
        await settle(tx, id, "state = 'accepted', attempt = 2, provider_id = 'p1', due_at = null");
        await tx.run(
          `insert into attempts (workspace_id, delivery_id, attempt, started_at, ended_at, outcome, code, detail)
           values ($1, $2, 2, to_timestamp($3), to_timestamp($3), 'accepted', null, null),
                  ($1, $2, 1, to_timestamp($3), to_timestamp($3), 'failed', 'provider.unavailable', 'It hung up.')`,
          [tx.workspaceId, id, noon / 1000],
        );
        return loadDelivery(tx, id);
      });
      expect(delivery).toMatchObject({
        runId: run.id,
        seq: 100,
        nodeId: "welcome",
        state: "accepted",
        topic: "news",
        connection: { key: "mail", plugin: "email-smtp" },
        address: "ada@example.com",
        input: { subject: "Hello" },
        checks: [{ step: "run_live", pass: true, reason: null, inputs: {} }],
        awaited: false,
        ambiguous: false,
        firstCallAt: null,
        idempotencyKey: `${run.id}:100`,
        providerId: "p1",
        plannedAt: noon,
        dueAt: null,
        attempts: [
          {
            attempt: 1,
            startedAt: noon,
            endedAt: noon,
            outcome: "failed",
            code: "provider.unavailable",
            detail: "It hung up.",
          },
          { attempt: 2, outcome: "accepted", code: null, detail: null },
        ],
      });
    });

    it("is shown when its connection does not exist", async () => {
      const delivery = await within(async (tx) => loadDelivery(tx, await writeDelivery(tx, { run, seq: 101 })));
      expect([delivery.connectionId, delivery.connection]).toEqual([null, null]);
    });

    it("is unknown to another workspace as if it did not exist", async () => {
      const id = await within((tx) => writeDelivery(tx, { run, seq: 102 }));
      const stranger = await createWorkspace(test.store, { slug: "other", name: "Other", shards: 1 });
      const ask = (which: string) =>
        inWorkspace(test.store, stranger.id, (tx) => loadDelivery(tx, which)).catch((error) => error);
      expect(await ask(id)).toMatchObject({ code: "delivery.not_found" });
      expect(String(await ask(id))).toBe(String(await ask(uuidv7())));
    });

    it.each([
      ["attempt = 0", "The email delivery of “welcome” waits to be sent."],
      [
        `attempt = 1, error = '{"code": "provider.rate_limited"}', due_at = '2026-01-01T12:00:00Z'`,
        "The email delivery of “welcome” was tried once with provider.rate_limited; the next is not before 2026-01-01 12:00:00 UTC.",
      ],
      [
        "attempt = 2, route_moves = 1, due_at = '2026-01-01T12:00:00Z'",
        "The email delivery of “welcome” was tried 2 times; the next is not before 2026-01-01 12:00:00 UTC; its route moved it to another connection.",
      ],
      [
        "state = 'accepted', attempt = 4, route_moves = 2",
        "The email delivery of “welcome” was accepted by the provider at attempt 4; its route moved it to another connection 2 times.",
      ],
      ["state = 'sending', attempt = 3", "The email delivery of “welcome” is being sent, attempt 3."],
      [
        `state = 'failed', attempt = 5, error = '{"code": "provider.rejected", "detail": "No."}'`,
        "The email delivery of “welcome” failed for good at attempt 5 with provider.rejected.",
      ],
      [
        "state = 'unknown', attempt = 1",
        "The email delivery of “welcome” has an unknown outcome: the provider may have acted, so it is not sent again unasked.",
      ],
      [
        "state = 'suppressed', reason = 'no_consent', topic = 'news'",
        "The email delivery of “welcome” was not sent, because the profile has not consented to promotional email on “news”.",
      ],
      [
        "state = 'suppressed', reason = 'address_suppressed'",
        "The email delivery of “welcome” was not sent, because the address is on the suppression list.",
      ],
      [
        "state = 'suppressed', reason = 'content_aborted'",
        "The email delivery of “welcome” was not sent, because its template aborted it.",
      ],
      [
        "state = 'suppressed', reason = 'a_later_reason'",
        "The email delivery of “welcome” was not sent, because of a_later_reason.",
      ],
    ])("says what became of it: %s", async (set, says) => {
      const delivery = await within(async (tx) => {
        const id = await writeDelivery(tx, { run, seq: 103 });
        await settle(tx, id, set);
        const loaded = await loadDelivery(tx, id);
        await tx.run("delete from deliveries where workspace_id = $1 and id = $2", [tx.workspaceId, id]);
        return loaded;
      });
      expect(delivery.says).toBe(says);
    });
  });

  describe("a list of them", () => {
    const ids: string[] = [];
    const list = (query: Partial<DeliveryQuery>) =>
      within((tx) => listDeliveries(tx, { limit: 100, channel: "sms", ...query }));
    const idsOf = async (query: Partial<DeliveryQuery>) => (await list(query)).items.map(({ id }) => id);
    const youngest = (keep: (i: number) => boolean) => ids.filter((_, i) => keep(i)).reverse();

    // Delivery i is of `run` when even, of `other` when odd; every third is unknown; every fourth has a connection.
    const write = async (tx: Tx, i: number) => {
      const connected = i % 4 === 0 ? { connectionId } : {};
      const of = [run, other][i % 2]!;
      const id = await writeDelivery(tx, { run: of, seq: 1_000 + i, channel: "sms", ...connected });
      if (i % 3 === 0) await settle(tx, id, "state = 'unknown', due_at = null");
      return id;
    };
    beforeAll(() =>
      within(async (tx) => {
        for (let i = 0; i < 24; i++) ids.push(await write(tx, i));
      }),
    );

    it.each([
      ["channel", () => ({}), () => true],
      ["unknown outcome", () => ({ state: "unknown" as const }), (i: number) => i % 3 === 0],
      ["another state", () => ({ state: "queued" as const }), (i: number) => i % 3 !== 0],
      ["profile", () => ({ profileId: other.profileId }), (i: number) => i % 2 === 1],
      ["journey", () => ({ journeyId: run.journeyId }), (i: number) => i % 2 === 0],
      ["connection", () => ({ connectionId }), (i: number) => i % 4 === 0],
      [
        "profile and unknown outcome",
        () => ({ profileId: run.profileId, state: "unknown" as const }),
        (i: number) => i % 6 === 0,
      ],
    ])("is narrowed by %s", async (_, query, keep) => {
      expect(await idsOf(query())).toEqual(youngest(keep));
    });

    it.each(["unknown", undefined] as const)(
      "is read page by page without a gap or a repeat: state %s",
      async (state) => {
        const seen: string[] = [];
        let page = await list({ state, limit: 5 });
        for (;;) {
          seen.push(...page.items.map(({ id }) => id));
          if (page.next === null) break;
          page = await list({ state, limit: 5, before: page.next });
        }
        expect(seen).toEqual(youngest((i) => state === undefined || i % 3 === 0));
      },
    );

    it("finds those of unknown outcome and those of a profile by index", async () => {
      const plan = (where: string) =>
        within(async (tx) => {
          await tx.run("set local enable_seqscan = off");
          const rows = await tx.rows<{ "QUERY PLAN": string }>(
            `explain select id from deliveries where workspace_id = $1 and ${where} order by id desc limit 50`,
            [tx.workspaceId],
          );
          return rows.map((row) => row["QUERY PLAN"]).join("\n");
        });
      expect(await plan("state = 'unknown'")).toContain("deliveries_unknown");
      expect(await plan(`profile_id = '${run.profileId}'`)).toContain("deliveries_by_profile");
    });
  });
});
