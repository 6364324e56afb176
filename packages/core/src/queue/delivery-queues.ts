import type { Logger } from "pino";
import type { Backend, JobCounts, JobData, JobQueue } from "./backend.ts";
import { defaultGraceMs, openConsumer } from "./consumer.ts";
import type { ConsumeOptions, Consumer, DeliveryHandler, DeliveryRoom, DeliveryTarget } from "./queues.ts";
import type { Shortcut } from "./shortcut.ts";
import { createShortcut } from "./shortcut.ts";

/** Ids of one job. */
const idsPerJob = 100;
/** Jobs that may wait per connection. The rest stays in Postgres, and the clock feeds it as the window empties. */
const windowJobs = 200;
/** A count of waiting jobs is good for so long; if it leaves no room, it is made again sooner. */
const countMs = 250;
const recountMs = 20;

/** One queue per connection: a provider that hangs delays nobody else. */
export interface DeliveryQueues {
  dispatch(target: DeliveryTarget, ids: readonly string[], round: number): Promise<void>;
  room(target: DeliveryTarget): Promise<DeliveryRoom>;
  consume(target: DeliveryTarget, work: { handler: DeliveryHandler; options: ConsumeOptions }): Consumer;
  close(): Promise<void>;
}

export function openDeliveryQueues(backend: Backend, log: Logger): DeliveryQueues {
  const lanes = new Map<string, Lane>();
  const shortcuts = new Map<Lane, Shortcut>();
  const laneOf = (target: DeliveryTarget): Lane => {
    const name = `deliver.${target.workspaceId}.${target.connectionId}`;
    const known = lanes.get(name);
    if (known) return known;
    const lane = openLane(name, backend.openQueue(name));
    lanes.set(name, lane);
    return lane;
  };
  return {
    dispatch: async (target, ids, round) => {
      if (ids.length === 0) return;
      const lane = laneOf(target);
      const left = chunks(ids).filter((part) => !shortcuts.get(lane)?.offer(part));
      if (!backend.isUp() || left.length === 0) return;
      try {
        await lane.add(left, round);
      } catch (error) {
        log.debug({ ...target, count: ids.length, err: error }, "dispatch left to the clock");
      }
    },
    room: async (target) => {
      if (!backend.isUp()) return noRoom;
      try {
        const { waiting, active } = await laneOf(target).counts();
        return { waiting, active, ids: Math.max(0, windowJobs - waiting) * idsPerJob };
      } catch (error) {
        log.debug({ ...target, err: error }, "queue could not be counted");
        return noRoom;
      }
    },
    consume: (target, { handler, options }) => {
      const lane = laneOf(target);
      const handle = (data: JobData, signal: AbortSignal) => handler(idsOf(data), signal);
      const consumer = openConsumer({ backend, queue: lane, concurrency: options.concurrency, log, handle });
      const shortcut = createShortcut(handler, log);
      shortcuts.set(lane, shortcut);
      return {
        ...consumer,
        close: async (graceMs = defaultGraceMs) => {
          if (shortcuts.get(lane) === shortcut) shortcuts.delete(lane);
          await Promise.all([shortcut.close(graceMs), consumer.close(graceMs)]);
        },
      };
    },
    close: async () => {
      await Promise.all([...lanes.values()].map((lane) => lane.jobs.close()));
    },
  };
}

const noRoom: DeliveryRoom = { waiting: 0, active: 0, ids: 0 };

interface Lane {
  readonly name: string;
  readonly jobs: JobQueue;
  add(parts: readonly (readonly string[])[], round: number): Promise<void>;
  counts(): Promise<JobCounts>;
}

function openLane(name: string, jobs: JobQueue): Lane {
  let counted: JobCounts = { waiting: 0, active: 0 };
  let countedAt = Number.NEGATIVE_INFINITY;
  const counts = async (maxAgeMs = countMs): Promise<JobCounts> => {
    if (performance.now() - countedAt >= maxAgeMs) {
      countedAt = performance.now();
      counted = await jobs.counts();
    }
    return counted;
  };
  const roomFor = async (count: number): Promise<number> => {
    if ((await counts()).waiting + count > windowJobs) await counts(recountMs);
    return Math.max(0, windowJobs - counted.waiting);
  };
  return {
    name,
    jobs,
    counts: () => counts(),
    add: async (parts, round) => {
      const fitting = parts.slice(0, await roomFor(parts.length));
      if (fitting.length === 0) return;
      // Workers take jobs away in the meantime, so this errs on the side of a full window.
      counted = { ...counted, waiting: counted.waiting + fitting.length };
      await jobs.add(fitting.map((part) => ({ data: { ids: part }, id: `${part[0]}.${part.length}.${round}` })));
    },
  };
}

function chunks(ids: readonly string[]): (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  for (let from = 0; from < ids.length; from += idsPerJob) parts.push(ids.slice(from, from + idsPerJob));
  return parts;
}

function idsOf(data: JobData): string[] {
  if (!("ids" in data)) throw new Error("not a job of deliveries");
  return [...data.ids];
}
