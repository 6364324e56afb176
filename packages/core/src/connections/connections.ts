import type { Tx } from "../store/transaction.ts";
import { inWorkspace } from "../store/transaction.ts";
import { createWorkspaceKeys } from "../workspaces/workspace-key.ts";
import { loadConnectionRow } from "./find-connection.ts";
import type { OpenConnection, OpenSetup } from "./open-connection.ts";
import { openConnection } from "./open-connection.ts";

/** The connections that this process holds open: each is opened once per version, and closed when it changes. */
export interface Connections {
  /**
   * The open connection. `stale` names a version known to be out of date, so that the row is read again.
   * Throws `connection.not_found`, or what keeps the plugin from opening it.
   */
  open(id: ConnectionId, stale?: string): Promise<OpenConnection>;
  /** Closes all of them. */
  close(): Promise<void>;
}

export interface ConnectionId {
  readonly workspaceId: number;
  readonly connectionId: string;
}

export interface ConnectionsOptions extends OpenSetup {
  /** Open at once; the one unused for longest is closed beyond it. */
  readonly maxOpen?: number;
  /** How long a replaced one stays open for calls under way. */
  readonly lingerMs?: number;
}

const linkKeyUse = { purpose: "links", unavailable: "connection.secret_key_wrong" } as const;

type Opening = Promise<OpenConnection>;

export function createConnections(options: ConnectionsOptions): Connections {
  const { store, maxOpen = 500, lingerMs = 60_000 } = options;
  const linkKeys = createWorkspaceKeys(options.secrets, linkKeyUse);
  // An operator without a key has no secrets and no links; everything else works.
  const findLinkKey = (tx: Tx) => (options.secrets.isLocked ? undefined : linkKeys.make(tx));
  const held = new Map<string, Opening>();
  const retired = new Map<Opening, NodeJS.Timeout>();

  const read = async ({ workspaceId, connectionId }: ConnectionId): Opening => {
    const stored = await inWorkspace(store, workspaceId, async (tx) => ({
      row: await loadConnectionRow(tx, connectionId),
      linkKey: await findLinkKey(tx),
    }));
    return openConnection(options, { workspaceId, ...stored });
  };
  const closeNow = async (opening: Opening) => {
    clearTimeout(retired.get(opening));
    retired.delete(opening);
    // One that never opened has nothing to close.
    const open = await opening.catch(() => undefined);
    await open?.close();
  };
  const retire = (key: string, opening: Opening) => {
    held.delete(key);
    retired.set(opening, setTimeout(() => void closeNow(opening), lingerMs).unref());
  };
  const openAnew = (key: string, id: ConnectionId): Opening => {
    const opening = read(id);
    held.set(key, opening);
    opening.catch(() => {
      if (held.get(key) === opening) held.delete(key);
    });
    const [oldest] = held.size > maxOpen ? held : [];
    if (oldest) retire(...oldest);
    return opening;
  };

  return {
    open: async (id, stale) => {
      const key = `${id.workspaceId}/${id.connectionId}`;
      const known = held.get(key);
      if (!known) return openAnew(key, id);
      const open = await known;
      // Whoever waited for the same stale version finds the new one under way.
      const current = held.get(key);
      if (open.version === stale && current === known) {
        retire(key, known);
        return openAnew(key, id);
      }
      if (current) makeYoungest(held, key, current);
      return current ?? open;
    },
    close: async () => {
      const all = [...held.values(), ...retired.keys()];
      held.clear();
      await Promise.all(all.map(closeNow));
    },
  };
}

function makeYoungest(held: Map<string, Opening>, key: string, opening: Opening): void {
  held.delete(key);
  held.set(key, opening);
}
