import { inWorkspace } from "@wend/core";
import type { Stage } from "../stage/stage.ts";

/** Watches which connections wait for their provider, as an operator sees it. */
export interface BreakerWatch {
  /** Connections that were seen to wait. */
  stop(): Promise<readonly string[]>;
}

const lookMs = 100;

export function watchBreakers({ store, place }: Stage): BreakerWatch {
  const seen = new Set<string>();
  const look = async (): Promise<void> => {
    const rows = await inWorkspace(store, place.workspace.id, (tx) =>
      tx.rows<{ key: string }>(
        "select key from connections where workspace_id = $1 and down_until > clock_timestamp()",
        [tx.workspaceId],
      ),
    );
    for (const { key } of rows) seen.add(key);
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, lookMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      return [...seen].sort();
    },
  };
}
