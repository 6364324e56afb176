import { describe, expect, it } from "vitest";
import type { VerifiedKey } from "../../src/workspaces/key-cache.ts";
import { createKeyCache } from "../../src/workspaces/key-cache.ts";

const verified = (validForMs = Number.POSITIVE_INFINITY): VerifiedKey => ({
  credential: { workspaceId: 1, shards: 16, keyId: "k", kind: "srv", scopes: ["*"], allow: {} },
  expiresAt: undefined,
  validForMs,
});

function cacheWithClock(maxKeys = 100) {
  let at = 0;
  let asked = 0;
  const cache = createKeyCache({ maxAgeMs: 5_000, maxKeys, now: () => at });
  return {
    get: (digest: string, answer: VerifiedKey | undefined) =>
      cache.get(digest, digest, async () => {
        asked += 1;
        return answer;
      }),
    cache,
    asked: () => asked,
    pass: (ms: number) => {
      at += ms;
    },
  };
}

describe("the cache of keys", () => {
  it.each([
    ["valid", verified()],
    ["invalid", undefined],
  ] as const)("asks again about a %s key after five seconds", async (_, answer) => {
    const { get, asked, pass } = cacheWithClock();
    await get("a", answer);
    pass(4_999);
    await get("a", answer);
    expect(asked()).toBe(1);
    pass(1);
    await get("a", answer);
    expect(asked()).toBe(2);
  });

  it("asks once for many calls at the same time", async () => {
    const { get, asked } = cacheWithClock();
    await Promise.all(Array.from({ length: 50 }, () => get("a", verified())));
    expect(asked()).toBe(1);
  });

  it("does not remember a key longer than it is valid", async () => {
    const { get, asked, pass } = cacheWithClock();
    await get("a", verified(1_000));
    pass(1_000);
    await get("a", undefined);
    expect(asked()).toBe(2);
  });

  it("does not remember that asking failed", async () => {
    const { cache, get } = cacheWithClock();
    await expect(cache.get("a", "a", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await get("a", verified())).toBeDefined();
  });

  it("forgets a key also while its answer is under way", async () => {
    const { cache, get, asked } = cacheWithClock();
    const answer = Promise.withResolvers<VerifiedKey>();
    const pending = cache.get("a", "a", () => answer.promise);
    cache.forget("a");
    answer.resolve(verified());
    await pending;
    await get("a", undefined);
    expect(asked()).toBe(1);
  });

  it("keeps the real keys through a flood of made-up ones, within its bound", async () => {
    const { get, asked } = cacheWithClock(10);
    await get("real", verified());
    for (let i = 0; i < 1_000; i++) await get(`made-up ${i}`, undefined);
    await get("real", verified());
    expect(asked()).toBe(1_001);
    await get("made-up 0", undefined);
    expect(asked()).toBe(1_002);
  });
});
