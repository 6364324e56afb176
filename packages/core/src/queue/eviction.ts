import { WendError } from "@wend/plugin";
import type { Redis } from "ioredis";

/** Refuses a server that evicts keys to make room: it would lose jobs without a word. */
export async function assertNoEviction(redis: Pick<Redis, "info">): Promise<void> {
  const policy = evictionPolicy(await redis.info("memory"));
  if (policy !== undefined && policy !== "noeviction") {
    throw new WendError("queue.eviction_policy", { detail: `It is ${policy}.` });
  }
}

// Managed servers forbid CONFIG but answer INFO.
function evictionPolicy(info: string): string | undefined {
  return /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
}
