import { symlinkSync } from "node:fs";
import type { SinkName } from "../sink/message.ts";

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

export interface Aim {
  readonly point: Point;
  /** Only in a call to this sink; any, if absent. */
  readonly sink?: SinkName;
}

export interface Strike extends Aim {
  readonly signal: "SIGKILL" | "SIGSTOP";
  /** A path where nothing is. Several workers may be armed: the one that puts a link there, to its own id, is struck. */
  readonly token: string;
}

/** The strike that this process deals itself when its work comes to the point: no signal from outside is that exact. */
export interface Target {
  arm(strike: Strike): void;
  reach(point: Point, sink?: SinkName): void;
}

export function createTarget(): Target {
  let armed: Strike | undefined;
  return {
    arm: (strike) => {
      armed = strike;
    },
    reach: (point, sink) => {
      if (armed?.point !== point || (armed.sink ?? sink) !== sink) return;
      const { signal, token } = armed;
      armed = undefined;
      if (isFirst(token)) process.kill(process.pid, signal);
    },
  };
}

function isFirst(token: string): boolean {
  try {
    symlinkSync(String(process.pid), token);
    return true;
  } catch {
    return false;
  }
}
