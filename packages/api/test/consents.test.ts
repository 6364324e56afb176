import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";

interface Profile {
  readonly id: string;
  readonly consents: readonly { readonly topic: string; readonly state: string; readonly source: string }[];
}

describe("consents", () => {
  let api: TestApi;
  const profile = async (userId: string) => (await api.query<Profile>("profiles.get", { userId })).data;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it("are granted in a batch, to customers that are new too", async () => {
    const items = ["ada", "bob"].map((userId) => ({ userId, channel: "email", purpose: "promotional" }));
    const answer = await api.mutate("consents.grant", { items });
    expect([answer.status, answer.data]).toEqual([200, { changed: 2 }]);
    for (const userId of ["ada", "bob"]) {
      expect((await profile(userId)).consents).toMatchObject([{ topic: "*", state: "granted", source: "api" }]);
    }
  });

  it("are revoked by topic, with what proves it", async () => {
    const { id } = await profile("ada");
    const change = {
      profileId: id,
      channel: "email",
      purpose: "promotional",
      topic: "news",
      detail: { words: "Stop" },
    };
    await api.mutate("consents.revoke", { items: [change], source: "preference_page" });
    expect((await profile("ada")).consents).toMatchObject([
      { topic: "*", state: "granted" },
      { topic: "news", state: "revoked", source: "preference_page" },
    ]);
    const timeline = await api.query("profiles.timeline", { id, limit: 1 });
    expect(timeline.data).toMatchObject({
      items: [
        {
          kind: "consent",
          consent: { detail: { words: "Stop" } },
          says: "Consent to promotional email on “news” was revoked (source: preference_page).",
        },
      ],
    });
  });

  it("change all or nothing", async () => {
    const unknown = "01900000-0000-7000-8000-000000000000";
    const items = [
      { userId: "eve", channel: "email", purpose: "promotional" },
      { profileId: unknown, channel: "email", purpose: "promotional" },
    ];
    const answer = await api.mutate("consents.grant", { items });
    expect([answer.status, answer.error.data.wend.code]).toEqual([404, "profile.not_found"]);
    expect((await api.query("profiles.get", { userId: "eve" })).status).toBe(404);
  });

  it("name one customer each, and 1,000 at most", async () => {
    const base = { channel: "email", purpose: "promotional" };
    const both = { ...base, userId: "ada", profileId: "01900000-0000-7000-8000-000000000000" };
    const pointer = async (items: object[]) => (await api.mutate("consents.grant", { items })).error.data.wend.pointer;
    expect(await pointer([both])).toBe("/items/0");
    expect(await pointer([base])).toBe("/items/0");
    expect(await pointer([])).toBe("/items");
    expect(await pointer(Array.from({ length: 1_001 }, (_, i) => ({ ...base, userId: String(i) })))).toBe("/items");
  });
});
