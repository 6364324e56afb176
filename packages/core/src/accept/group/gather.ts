import { WendError } from "@wend/plugin";
import type { GroupLimits } from "../limits.ts";
import type { Line } from "./line.ts";
import { createLine } from "./line.ts";
import type { Waiting, Write } from "./settle.ts";
import { settle } from "./settle.ts";
import type { Share } from "./share.ts";
import { createShares } from "./share.ts";

export interface GatherOptions<Call, Result> {
  readonly write: Write<Call, Result>;
  readonly weigh: (call: Call) => Share;
  readonly limits: GroupLimits;
}

export interface Gather<Call, Result> {
  /** Resolves after the commit that holds the call. */
  add(workspaceId: number, call: Call): Promise<Result>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
}

/**
 * Group commit: the calls of one workspace that arrive while a transaction is under way make up the next one. A
 * workspace has one transaction at a time, so that its calls are stored in the order in which they came.
 */
export function createGather<Call, Result>(options: GatherOptions<Call, Result>): Gather<Call, Result> {
  const { limits } = options;
  const lines = new Map<number, Line<Waiting<Call, Result>>>();
  const shares = createShares(limits);
  let whenIdle: (() => void)[] = [];

  const drain = async (workspaceId: number, line: Line<Waiting<Call, Result>>): Promise<void> => {
    while (line.length > 0) {
      const group = line.take(limits.groupItems);
      const began = performance.now();
      await settle(workspaceId, group, options.write);
      await linger(line, { answered: group.length, tookMs: performance.now() - began });
    }
    lines.delete(workspaceId);
    if (lines.size > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  };

  const enqueue = (workspaceId: number, waiting: Waiting<Call, Result>): void => {
    let line = lines.get(workspaceId);
    if (!line) {
      const begun = createLine<Waiting<Call, Result>>();
      line = begun;
      lines.set(workspaceId, line);
      // Everything that arrives in this turn of the loop belongs to the first group.
      setImmediate(() => void drain(workspaceId, begun));
    }
    line.push(waiting);
  };

  return {
    add: (workspaceId, call) => {
      const share = options.weigh(call);
      if (!shares.take(workspaceId, share)) {
        return Promise.reject(new WendError("limit.overloaded", { retryAfterMs: 1_000 }));
      }
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      enqueue(workspaceId, { call, share, resolve, reject, leave: () => shares.give(workspaceId, share) });
      return promise;
    },
    idle: () => (lines.size === 0 ? Promise.resolve() : new Promise((resolve) => void whenIdle.push(resolve))),
  };
}

const lingerFromMs = 4;
const maxLingerMs = 2;

/**
 * Whoever was just answered tends to be back at once. Where commits are slow, callers would fall into two halves that
 * take turns, and every transaction would carry half of what it could; a short wait for them ends that. Where commits
 * are fast, the turns are welcome: the database writes one half while the other is read.
 */
async function linger<T>(line: Line<T>, { answered, tookMs }: { answered: number; tookMs: number }): Promise<void> {
  if (line.length === 0 || tookMs < lingerFromMs) return;
  await line.grows(line.length + answered, Math.min(maxLingerMs, tookMs / 4));
}
