import pg from "pg";
import type { Logger } from "pino";
import type { Ear } from "../queue/shared-listener.ts";
import { createSharedListener } from "../queue/shared-listener.ts";
import type { Watch } from "./watch.ts";
import { createWatch } from "./watch.ts";

/** What the record of an output rings, with whose it is: see `record-outcomes.ts`. */
export const newsChannel = "wend_deliveries";

/** Whose deliveries are waited for, as the record says it. */
export interface NewsOf {
  readonly workspaceId: number;
  readonly connectionId: string;
  readonly profileId: string;
}

/** Tells when a customer was sent what a browser may show. A hint: whoever hears it looks, and looks without it too. */
export interface DeliveryNews {
  subscribe(of: NewsOf): Subscription;
  close(): Promise<void>;
}

export interface Subscription extends Disposable {
  /** Resolves when there may be more, or the signal aborts. */
  next(signal: AbortSignal): Promise<void>;
}

/** While nothing is heard everybody looks by themselves, so that news take no longer than a second. */
const deafLookMs = 500;
/** A hint may get lost without its connection: in a pooler, say. */
const heardLookMs = 15_000;

/** One connection listens for the whole process; it is opened by the first who waits, and again after it was lost. */
export function createDeliveryNews(databaseUrl: string, log: Logger): DeliveryNews {
  const listener = createSharedListener(() => new pg.Client(listenerConfig(databaseUrl)), log, "delivery");
  const watches = new Map<string, Set<Watch>>();
  let ear: Ear | undefined;
  let hears = false;

  const ringAll = (): void => {
    for (const one of watches.values()) for (const watch of one) watch.ring();
  };
  const listen = (): void => {
    if (ear) return;
    const mine = listener.ear();
    ear = mine;
    const lose = (): void => {
      mine.close();
      if (ear !== mine) return;
      ear = undefined;
      hears = false;
      // Who sleeps for long, because it was heard, looks by themselves from now on.
      ringAll();
    };
    mine.events.on("notification", ({ payload = "" }: pg.Notification) => {
      for (const watch of watches.get(payload) ?? []) watch.ring();
    });
    mine.events.on("error", lose);
    // What was committed before it was heard of is found by a look.
    mine.listen(newsChannel).then(() => {
      hears = ear === mine;
      ringAll();
    }, lose);
  };
  return {
    subscribe: (of) => {
      const key = keyOf(of);
      const watch = createWatch();
      const all = watches.get(key) ?? new Set();
      watches.set(key, all.add(watch));
      return {
        next: (signal) => {
          listen();
          return watch.next(hears ? heardLookMs : deafLookMs, signal);
        },
        [Symbol.dispose]: () => {
          all.delete(watch);
          if (all.size === 0) watches.delete(key);
        },
      };
    },
    close: () => listener.close(),
  };
}

const keyOf = ({ workspaceId, connectionId, profileId }: NewsOf): string =>
  `${workspaceId}/${connectionId}/${profileId}`;

const listenerConfig = (databaseUrl: string): pg.ClientConfig => ({
  connectionString: databaseUrl,
  keepAlive: true,
  keepAliveInitialDelayMillis: 5_000,
  connectionTimeoutMillis: 5_000,
  query_timeout: 8_000,
  application_name: "wend-listen",
  options: "-c role=wend_app",
});
