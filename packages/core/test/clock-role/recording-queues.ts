import type { DeliveryRoom, DeliveryTarget, Queues } from "../../src/queue/queues.ts";

export interface RecordingQueues {
  readonly queues: Queues;
  readonly woken: [number, number][];
  readonly forced: [number, number][];
  readonly dispatched: { target: DeliveryTarget; ids: readonly string[] }[];
  room: DeliveryRoom;
}

/** Queues that only write down what the clock asks of them. */
export function recordQueues(): RecordingQueues {
  const recording: Omit<RecordingQueues, "queues"> = {
    woken: [],
    forced: [],
    dispatched: [],
    room: { waiting: 0, active: 0, ids: 20_000 },
  };
  const unused = (): never => {
    throw new Error("the clock does not use this");
  };
  const queues: Queues = {
    backend: "postgres",
    wake: unused,
    wakeNow: (workspaceId, shards) => {
      for (const shard of shards) recording.woken.push([workspaceId, shard]);
    },
    forceWake: async (workspaceId, shard) => {
      recording.forced.push([workspaceId, shard]);
    },
    dispatch: async ({ workspaceId, connectionId }, ids) => {
      recording.dispatched.push({ target: { workspaceId, connectionId }, ids });
    },
    room: async () => recording.room,
    consumeWakes: unused,
    consumeDeliveries: unused,
    close: async () => {},
  };
  return Object.assign(recording, { queues });
}
