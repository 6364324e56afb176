import type { PluginState } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { textArray } from "../../store/arrays.ts";
import type { Store } from "../../store/connect.ts";
import { inWorkspace } from "../../store/transaction.ts";
import type { ConnectionId } from "../connections.ts";

const mostCharacters = 10_000;

/** What a plugin keeps; all workers of the connection see the same. */
export function createState(store: Store, { workspaceId, connectionId }: ConnectionId): PluginState {
  return {
    get: async (key) => {
      const [row] = await inWorkspace(store, workspaceId, (tx) =>
        tx.rows<{ value: string }>(
          "select value from connection_state where workspace_id = $1 and connection_id = $2 and key = $3",
          [tx.workspaceId, connectionId, key],
        ),
      );
      return row?.value;
    },
    getAll: async (keys) => {
      if (keys.length === 0) return new Map();
      const rows = await inWorkspace(store, workspaceId, (tx) =>
        tx.rows<{ key: string; value: string }>(
          "select key, value from connection_state where workspace_id = $1 and connection_id = $2 and key = any($3)",
          [tx.workspaceId, connectionId, textArray(keys)],
        ),
      );
      return new Map(rows.map(({ key, value }) => [key, value]));
    },
    set: async (key, value) => {
      if ((value?.length ?? 0) > mostCharacters) {
        throw new WendError("plugin.bad_output", { detail: `A kept value has at most ${mostCharacters} characters.` });
      }
      await inWorkspace(store, workspaceId, (tx) =>
        value === undefined
          ? tx.run("delete from connection_state where workspace_id = $1 and connection_id = $2 and key = $3", [
              tx.workspaceId,
              connectionId,
              key,
            ])
          : tx.run(upsert, [tx.workspaceId, connectionId, key, value, tx.now]),
      );
    },
  };
}

const upsert = /* sql */ `
insert into connection_state (workspace_id, connection_id, key, value, updated_at)
values ($1, $2, $3, $4, to_timestamp($5 / 1000e0))
on conflict (workspace_id, connection_id, key) do update set value = excluded.value, updated_at = excluded.updated_at`;
