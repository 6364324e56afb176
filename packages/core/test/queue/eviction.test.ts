import { describe, expect, test } from "vitest";
import { assertNoEviction } from "../../src/queue/eviction.ts";

const saying = (memory: string) => ({ info: async () => memory }) as Parameters<typeof assertNoEviction>[0];

describe("a redis that evicts keys", () => {
  test.each(["allkeys-lru", "volatile-lru", "allkeys-random", "volatile-ttl"])("is refused: %s", async (policy) => {
    const redis = saying(`# Memory\r\nused_memory:1\r\nmaxmemory_policy:${policy}\r\nallocator:x\r\n`);
    await expect(assertNoEviction(redis)).rejects.toMatchObject({ code: "queue.eviction_policy" });
  });

  test("is what a server with noeviction is not", async () => {
    await expect(assertNoEviction(saying("maxmemory_policy:noeviction\r\n"))).resolves.toBeUndefined();
  });

  test("is not assumed of a server that does not say", async () => {
    await expect(assertNoEviction(saying("# Memory\r\n"))).resolves.toBeUndefined();
  });
});
