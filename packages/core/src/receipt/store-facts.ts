import type { Facts } from "@wend/plugin";
import type { Logger } from "pino";
import { transact } from "../accept/group/transact.ts";
import type { ConnectionId, Connections } from "../connections/connections.ts";
import type { Queues } from "../queue/queues.ts";
import type { Store } from "../store/connect.ts";
import type { Tx } from "../store/transaction.ts";
import type { SuppressionList } from "../suppressions/suppression-list.ts";
import { keepFirst } from "./read/keep-first.ts";
import { parseFacts } from "./read/parse-facts.ts";
import { countLost } from "./write/count-lost.ts";
import { writeFacts } from "./write-facts.ts";

/**
 * Stores what a plugin has told of the world, in one transaction, and wakes whom it concerns. What cannot be stored is
 * dropped, logged without what it says, and counted with the connection. `also` runs at the beginning of that
 * transaction: what it writes holds with the facts or not at all, and when it throws, neither does. Throws
 * `plugin.bad_output` for what is no list of facts.
 */
export type StoreFacts = (target: ConnectionId, facts: Facts, also?: (tx: Tx) => Promise<void>) => Promise<void>;

export interface FactStores {
  readonly store: Store;
  readonly queues: Pick<Queues, "wake">;
  readonly suppressions: SuppressionList;
  readonly connections: Connections;
  readonly log: Logger;
}

export function createStoreFacts({ store, queues, suppressions, connections, log }: FactStores): StoreFacts {
  return async (target, given, also) => {
    const connection = await connections.open(target);
    const { facts: told, refused } = parseFacts(connection.manifest, connection.id, given);
    const { facts, lost } = keepFirst(told);
    logLost(log, connection.id, { refused, lost });
    const woken = await transact(store, target.workspaceId, async (tx) => {
      await also?.(tx);
      const shards = await writeFacts(tx, { connection, suppressions }, facts);
      await countLost(tx, connection.id, refused.length + lost);
      return shards;
    });
    if (woken.length > 0) queues.wake(target.workspaceId, woken);
  };
}

interface Lost {
  /** Why each was let go. */
  readonly refused: readonly string[];
  /** How many said something else than another of their id. */
  readonly lost: number;
}

function logLost(log: Logger, connectionId: string, { refused, lost }: Lost): void {
  if (lost > 0) log.warn({ connectionId, lost }, "a plugin gave different facts one id");
  if (refused.length === 0) return;
  const why = [...new Set(refused)].slice(0, 10);
  log.warn({ connectionId, lost: refused.length, why }, "facts of a plugin could not be stored");
}
