import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "../../src/ids.ts";
import type { ProfileName } from "../../src/profiles/find-profile.ts";
import { loadProfile } from "../../src/profiles/load-profile.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import { writeConsent, writeJourney, writeProfile, writeRun } from "./story.ts";

const noon = Date.UTC(2026, 0, 1, 12);

describe("a profile that is loaded", () => {
  let test: TestStore;
  let profileId: string;
  let runs: string[];
  const load = (name: ProfileName) => inWorkspace(test.store, test.workspace.id, (tx) => loadProfile(tx, name));
  const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(test.store, test.workspace.id, work);

  beforeAll(async () => {
    test = await createTestStore();
    await within(async (tx) => {
      profileId = await writeProfile(tx, "ada", { plan: "pro" });
      await tx.run(
        "insert into identities (workspace_id, kind, value, profile_id) values ($1, 'anonymous_id', 'visitor', $2)",
        [tx.workspaceId, profileId],
      );
      await writeConsent(tx, { profileId, at: noon, state: "granted" });
      const journeyId = await writeJourney(tx, "welcome");
      const states = ["active", "ended", "failed"] as const;
      const written = [];
      for (const status of states) written.push(await writeRun(tx, { profileId, journeyId, entryKey: status, status }));
      runs = written.map(({ id }) => id);
    });
  });
  afterAll(() => test.close());

  it("shows traits, identities, consents and the runs it is in", async () => {
    const profile = await load({ id: profileId });
    expect(profile).toMatchObject({
      id: profileId,
      traits: { plan: "pro" },
      identities: [
        { kind: "anonymous_id", value: "visitor" },
        { kind: "user_id", value: "ada" },
      ],
      consents: [{ channel: "email", purpose: "promotional", topic: "*", state: "granted", at: noon, source: "form" }],
    });
    expect(profile.runs.map(({ id, status }) => [id, status])).toEqual([
      [runs[2], "failed"],
      [runs[0], "active"],
    ]);
  });

  it("is found by its id, its user id and its anonymous id", async () => {
    for (const name of [{ id: profileId }, { userId: "ada" }, { anonymousId: "visitor" }]) {
      expect((await load(name)).id).toBe(profileId);
    }
  });

  it.each([{ id: "not-a-uuid" }, { id: uuidv7() }, { userId: "visitor" }, { anonymousId: "ada" }, { userId: "" }])(
    "is not found by %j",
    async (name) => {
      await expect(load(name)).rejects.toMatchObject({ code: "profile.not_found" });
    },
  );

  it("is unknown to another workspace by any of its names", async () => {
    const other = await createWorkspace(test.store, { slug: "other", name: "Other", shards: 1 });
    for (const name of [{ id: profileId }, { userId: "ada" }, { anonymousId: "visitor" }]) {
      await expect(inWorkspace(test.store, other.id, (tx) => loadProfile(tx, name))).rejects.toMatchObject({
        code: "profile.not_found",
      });
    }
  });
});
