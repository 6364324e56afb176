import { WendError } from "@wend/plugin";

export interface StreamLimits {
  /** Requests below `/c` from their beginning until their answer has ended, streams included. */
  readonly streams: number;
  /** Of them to one connection, so that it leaves something to the others. */
  readonly streamsPerConnection: number;
}

export interface StreamRoom {
  /** Throws `limit.overloaded` when there is no place left; returns what gives it back. */
  enter(connectionId: string): () => void;
}

/** Bounds the answers that are under way: each stream keeps a socket, and what a plugin remembers of it. */
export function createStreamRoom({ streams, streamsPerConnection }: StreamLimits): StreamRoom {
  const taken = new Map<string, number>();
  let all = 0;
  const count = (connectionId: string, change: number): void => {
    const now = (taken.get(connectionId) ?? 0) + change;
    if (now === 0) taken.delete(connectionId);
    else taken.set(connectionId, now);
    all += change;
  };
  return {
    enter: (connectionId) => {
      if (all >= streams || (taken.get(connectionId) ?? 0) >= streamsPerConnection) {
        throw new WendError("limit.overloaded", { retryAfterMs: 1_000 });
      }
      count(connectionId, 1);
      return () => count(connectionId, -1);
    },
  };
}
