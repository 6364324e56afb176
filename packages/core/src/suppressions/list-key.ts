import { randomBytes } from "node:crypto";
import { WendError } from "@wend/plugin";
import type { SealedSecret, SecretBox } from "../connections/secret-box.ts";
import type { Tx } from "../store/transaction.ts";

/** The key that a workspace's addresses are hashed with. It is made with the first entry of its list. */
export interface ListKeys {
  /** Undefined: the workspace's list has never had an entry. Throws `suppression.key_unavailable`. */
  find(tx: Tx): Promise<Buffer | undefined>;
  /** Finds the key, or makes it. Throws `suppression.key_unavailable`. */
  make(tx: Tx): Promise<Buffer>;
}

export function createListKeys(secrets: SecretBox): ListKeys {
  // A key never changes, so that it is read and opened once; that there is none is true for one transaction only.
  const known = new Map<number, Buffer>();

  const read = async (tx: Tx): Promise<Buffer | undefined> => {
    const [row] = await tx.rows<{ sealed: SealedSecret }>(readSql, [tx.workspaceId]);
    return row && guarded(() => Buffer.from(secrets.open(placeOf(tx), row.sealed), "base64"));
  };
  const find = async (tx: Tx): Promise<Buffer | undefined> => {
    const found = known.get(tx.workspaceId) ?? (await read(tx));
    if (found) known.set(tx.workspaceId, found);
    return found;
  };
  return {
    find,
    make: async (tx) => {
      const found = await find(tx);
      if (found) return found;
      const sealed = guarded(() => secrets.seal(placeOf(tx), randomBytes(32).toString("base64")));
      await tx.run(insertSql, [tx.workspaceId, JSON.stringify(sealed), tx.now]);
      // Another may have been first. Not remembered: this transaction may still be rolled back.
      return (await read(tx))!;
    },
  };
}

const placeOf = ({ workspaceId }: Tx) => ({ workspaceId, owner: "workspace", field: "suppressions" });

// A list that cannot be read must stop whoever asks: a passing fault, until the operator gives the process its key.
function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new WendError("suppression.key_unavailable", { cause });
  }
}

const readSql = {
  name: "load-suppression-key",
  text: "select sealed from workspace_keys where workspace_id = $1 and purpose = 'suppressions'",
};

const insertSql = /* sql */ `
insert into workspace_keys (workspace_id, purpose, sealed, created_at)
values ($1, 'suppressions', $2, to_timestamp($3 / 1000e0)) on conflict do nothing`;
