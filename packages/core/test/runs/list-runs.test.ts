import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../src/listing/page.ts";
import type { RunQuery } from "../../src/runs/list-runs.ts";
import { listRuns } from "../../src/runs/list-runs.ts";
import type { RunSummary } from "../../src/runs/run-view.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { writeJourney, writeProfile, writeRun } from "../profiles/story.ts";

describe("a list of runs", () => {
  let test: TestStore;
  const ids: string[] = [];
  const journeys: string[] = [];
  const profiles: string[] = [];
  const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(test.store, test.workspace.id, work);
  const list = (query: Partial<RunQuery>) => within((tx) => listRuns(tx, { limit: 100, ...query }));
  const idsOf = async (query: Partial<RunQuery>) => (await list(query)).items.map(({ id }) => id);

  // Run i is of journey i % 2 and profile i % 3; every fifth has failed.
  beforeAll(async () => {
    test = await createTestStore();
    await within(async (tx) => {
      for (const key of ["a", "b"]) journeys.push(await writeJourney(tx, key));
      for (const user of ["x", "y", "z"]) profiles.push(await writeProfile(tx, user));
      for (let i = 0; i < 30; i++) {
        const { id } = await writeRun(tx, {
          journeyId: journeys[i % 2]!,
          profileId: profiles[i % 3]!,
          entryKey: String(i),
          status: i % 5 === 0 ? "failed" : "active",
        });
        ids.push(id);
      }
    });
  });
  afterAll(() => test.close());

  const youngest = (keep: (i: number) => boolean) => ids.filter((_, i) => keep(i)).reverse();

  it("begins with the youngest", async () => {
    expect(await idsOf({})).toEqual(youngest(() => true));
  });

  it.each([
    ["journey", () => ({ journeyId: journeys[1] }), (i: number) => i % 2 === 1],
    ["profile", () => ({ profileId: profiles[2] }), (i: number) => i % 3 === 2],
    ["status", () => ({ status: "failed" as const }), (i: number) => i % 5 === 0],
    [
      "journey, profile and status",
      () => ({ journeyId: journeys[0], profileId: profiles[0], status: "failed" as const }),
      (i: number) => i % 30 === 0,
    ],
  ])("is narrowed by %s", async (_, query, keep) => {
    expect(await idsOf(query())).toEqual(youngest(keep));
  });

  it.each([
    [{}, (_: number): boolean => true],
    [{ status: "active" as const }, (i: number) => i % 5 !== 0],
  ])("is read page by page without a gap or a repeat: %j", async (query, keep): Promise<void> => {
    const seen: string[] = [];
    let before: string | undefined;
    for (let pages = 0; pages < 20; pages++) {
      const page: Page<RunSummary> = await list({ ...query, limit: 7, before });
      expect(page.items.length).toBeLessThanOrEqual(7);
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      before = page.next;
    }
    expect(seen).toEqual(youngest(keep));
  });

  it("ends with the last full page", async () => {
    expect((await list({ limit: 30 })).next).toBeNull();
    expect((await list({ limit: 29 })).next).toBe(ids[1]);
  });

  it("looks through 50,000 rows at most for one page, and goes on from there", async () => {
    const [journeyId, profileId] = await within(async (tx) => [
      await writeJourney(tx, "rare"),
      await writeProfile(tx, "rare"),
    ]);
    const rare = { journeyId, profileId };
    const found = await within((tx) => writeRun(tx, { ...rare, entryKey: "old", status: "failed" }));
    await within((tx) =>
      tx.run(
        `insert into runs (workspace_id, id, journey_id, version, profile_id, entry_key, entry_name, entry_at, entry_id,
           status, node_id, since, seq, started_at)
         select $1, ('ffffffff-ffff-7fff-8fff-' || lpad(to_hex(n), 12, '0'))::uuid, $2, 1, $3, n::text, 'e', now(), $3,
           'active', 'n', now(), 1, now()
         from generate_series(1, 50000) n`,
        [tx.workspaceId, journeyId, profileId],
      ),
    );
    const first = await list({ ...rare, status: "failed" });
    expect(first).toEqual({ items: [], next: "ffffffff-ffff-7fff-8fff-000000000001" });
    const second = await list({ ...rare, status: "failed", before: first.next! });
    expect([second.items.map(({ id }) => id), second.next]).toEqual([[found.id], null]);
  });
});
