/** Where in its work a worker can be struck. */
export type Point =
  /** The intent to call is committed, nothing was sent. */
  | "intent"
  /** The sink has the call, the worker has no answer. */
  | "sent"
  /** The answer is here, nothing is recorded of it. */
  | "answer"
  /** It holds the lock of a shard, in the middle of a batch. */
  | "batch";

export interface Strike {
  readonly point: Point;
  readonly signal: "SIGKILL" | "SIGSTOP";
}

/** One strike that this process deals itself when its work comes to the point: no signal from outside is that exact. */
export interface Target {
  arm(strike: Strike | undefined): void;
  reach(point: Point): void;
}

export function createTarget(): Target {
  let armed: Strike | undefined;
  return {
    arm: (strike) => {
      armed = strike;
    },
    reach: (point) => {
      if (armed?.point !== point) return;
      const { signal } = armed;
      armed = undefined;
      process.kill(process.pid, signal);
    },
  };
}
