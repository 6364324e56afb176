import { WendError } from "@wend/plugin";
import type { Store } from "../../store/connect.ts";
import { codeOf, isRetryable, toStoreError } from "../../store/failures.ts";
import type { Tx } from "../../store/transaction.ts";
import { inBusyWorkspace } from "../../store/transaction.ts";
import { LostRace } from "../identity/resolve-profiles.ts";

const maxFaults = 2;
const maxRaces = 20;

/**
 * Runs a whole transaction until it holds, or until it is plain that it will not: a fault in passing is tried again,
 * a database that cannot be reached is reported at once as `store.unavailable`. Running it twice is safe even when
 * only the answer to its commit was lost: message ids are stored once.
 */
export async function transact<T>(store: Store, workspaceId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  let faults = 0;
  let races = 0;
  for (;;) {
    try {
      return await inBusyWorkspace(store, workspaceId, work);
    } catch (error) {
      const again = error instanceof LostRace ? ++races <= maxRaces : mayPass(error) && ++faults <= maxFaults;
      if (!again) throw error instanceof LostRace ? contended(error) : toStoreError(error);
    }
  }
}

const contended = (cause: LostRace) => new WendError("store.unavailable", { retryAfterMs: 1_000, cause });

// A connection that was refused or timed out would be again; one that broke may have been an old one.
const unreachable = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|57P03)$/;

function mayPass(error: unknown): boolean {
  return isRetryable(error) && !unreachable.test(codeOf(error) ?? "") && !isTimeout(error);
}

function isTimeout(error: unknown): boolean {
  const fault = error instanceof WendError ? error.cause : error;
  return fault instanceof Error && fault.message.includes("timeout");
}
