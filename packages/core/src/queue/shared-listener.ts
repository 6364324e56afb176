import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Logger } from "pino";

/** One worker's view of the shared connection: `notification`, and `error` once when the connection is lost. */
export interface Ear {
  readonly events: EventEmitter;
  listen(channel: string): Promise<void>;
  close(): void;
}

export interface SharedListener {
  ear(): Ear;
  close(): Promise<void>;
}

/** A connection that is silently gone is found out after so long. */
const heartbeatMs = 10_000;
/** Between two attempts to connect. */
const retryMs = 500;

/** One connection that listens for many; it is opened by the first who listens and again after it was lost. */
export function createSharedListener(newClient: () => pg.Client, log: Logger, of = "queue"): SharedListener {
  const ears = new Set<EventEmitter>();
  let current: Promise<Line> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let down = false;

  const lose = (line: Promise<Line>, error: Error): void => {
    if (current !== line) return;
    current = undefined;
    if (!down) log.warn({ err: error }, `${of} notifications lost, listening again`);
    down = true;
    for (const events of [...ears]) {
      ears.delete(events);
      if (events.listenerCount("error") > 0) events.emit("error", error);
    }
  };
  const connect = (): Promise<Line> => {
    const wait = Math.max(0, triedAt + retryMs - performance.now());
    triedAt = performance.now() + wait;
    const line: Promise<Line> = openLine(newClient(), {
      waitMs: wait,
      onNotification: (notification) => {
        for (const events of [...ears]) events.emit("notification", notification);
      },
      onLost: (error) => lose(line, error),
    });
    line.then(
      () => {
        if (down) log.info(`${of} notifications are back`);
        down = false;
      },
      (error: Error) => lose(line, error),
    );
    return line;
  };
  return {
    ear: () => {
      const events = new EventEmitter().setMaxListeners(0);
      return {
        events,
        listen: async (channel) => {
          current ??= connect();
          const mine = current;
          await (await mine).listen(channel);
          // Whoever was not in the set when the line was lost would never hear of it.
          if (current !== mine) throw new Error("the connection ended");
          ears.add(events);
        },
        close: () => {
          ears.delete(events);
          events.removeAllListeners();
        },
      };
    },
    close: async () => {
      const line = current;
      current = undefined;
      ears.clear();
      await line?.then((open) => open.close()).catch(() => {});
    },
  };
}

interface Line {
  listen(channel: string): Promise<void>;
  close(): Promise<void>;
}

interface LineSetup {
  readonly waitMs: number;
  onNotification(notification: pg.Notification): void;
  onLost(error: Error): void;
}

async function openLine(client: pg.Client, { waitMs, onNotification, onLost }: LineSetup): Promise<Line> {
  const channels = new Map<string, Promise<unknown>>();
  let beat: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    clearInterval(beat);
    await client.end().catch(() => {});
  };
  const lost = (error: Error): void => {
    onLost(error);
    void end();
  };
  client.on("error", lost);
  client.on("end", () => lost(new Error("the connection ended")));
  client.on("notification", onNotification);
  try {
    if (waitMs > 0) await sleep(waitMs, undefined, { ref: false });
    await client.connect();
  } catch (error) {
    await end();
    throw error;
  }
  beat = setInterval(() => {
    client.query("select 1").catch(lost);
  }, heartbeatMs).unref();
  return {
    listen: async (channel) => {
      const known = channels.get(channel) ?? client.query(`listen ${channel}`);
      channels.set(channel, known);
      await known.catch((error: Error) => {
        lost(error);
        throw error;
      });
    },
    close: end,
  };
}
