import { WendError } from "@wend/plugin";

export interface RoomLimits {
  /** Requests whose answer is not yet decided. */
  readonly requests: number;
  /** Bytes that their bodies may have. */
  readonly bytes: number;
}

export interface Room {
  /** Throws `limit.overloaded` when there is none left; returns what gives the place back. */
  enter(bytes: number): () => void;
  /** Requests under way. */
  readonly taken: number;
}

/** Bounds what is read at once, so that a flood is turned away before it is read and memory stays flat. */
export function createRoom(limits: RoomLimits): Room {
  let requests = 0;
  let bytes = 0;
  return {
    enter: (size) => {
      if (requests >= limits.requests || (bytes > 0 && bytes + size > limits.bytes)) {
        throw new WendError("limit.overloaded", { retryAfterMs: 1_000 });
      }
      requests++;
      bytes += size;
      return () => {
        requests--;
        bytes -= size;
      };
    },
    get taken() {
      return requests;
    },
  };
}
