import { inWorkspace } from "../../store/transaction.ts";
import type { DeliverRuntime, DeliveryTarget } from "../runtime.ts";

/** Tells everybody how a connection's provider is: operators, and workers, whose routes go round it and come back. */
export interface DownMark {
  /** How long it is taken to be down from now on; 0: it is up again. */
  set(ms: number): void;
}

/** Written one after another; of several that wait only the last is worth a statement. Lost, it runs out by itself. */
export function createDownMark(
  { store, log }: DeliverRuntime,
  { workspaceId, connectionId }: DeliveryTarget,
): DownMark {
  let next: number | undefined;
  let writing = false;
  const write = (ms: number) =>
    inWorkspace(store, workspaceId, (tx) =>
      tx.run(statement, [tx.workspaceId, connectionId, ms > 0 ? tx.now + ms : null]),
    );
  const writeAll = async () => {
    writing = true;
    while (next !== undefined) {
      const ms = next;
      next = undefined;
      await write(ms).catch((error) =>
        log.warn({ workspaceId, connectionId, err: error }, "breaker not told to others"),
      );
    }
    writing = false;
  };
  return {
    set: (ms) => {
      next = ms;
      if (!writing) void writeAll();
    },
  };
}

const statement = /* sql */ `
update connections set down_until = to_timestamp($3::float8 / 1000)
where workspace_id = $1 and id = $2`;
