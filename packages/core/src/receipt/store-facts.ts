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
import { writeFacts } from "./write-facts.ts";

/**
 * Stores what a plugin has told of the world, all of it in one transaction, and wakes whom it concerns. `also` runs at
 * the beginning of that transaction: what it writes holds with the facts or not at all, and when it throws, neither
 * does. Throws `plugin.bad_output`.
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
    const { facts, lost } = keepFirst(parseFacts(connection.manifest, connection.id, given));
    if (lost > 0) log.warn({ connectionId: connection.id, lost }, "a plugin gave different facts one id");
    const woken = await transact(store, target.workspaceId, async (tx) => {
      await also?.(tx);
      return writeFacts(tx, { connection, suppressions }, facts);
    });
    if (woken.length > 0) queues.wake(target.workspaceId, woken);
  };
}
