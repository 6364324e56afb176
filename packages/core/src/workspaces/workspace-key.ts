import { randomBytes } from "node:crypto";
import type { ErrorCode } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { SealedSecret, SecretBox } from "../connections/secret-box.ts";
import type { Tx } from "../store/transaction.ts";

/** A key of a workspace's own for one purpose, sealed with the operator's and made when it is first needed. */
export interface WorkspaceKeys {
  /** Undefined: nothing has needed the key so far. */
  find(tx: Tx): Promise<Buffer | undefined>;
  /** Finds the key, or makes it. */
  make(tx: Tx): Promise<Buffer>;
}

/** What a key is for, and the error of whoever cannot have it. */
export interface KeyUse {
  readonly purpose: string;
  readonly unavailable: ErrorCode;
}

/** Where a key of a workspace is sealed. */
export const keyPlace = (workspaceId: number, purpose: string) => ({ workspaceId, owner: "workspace", field: purpose });

/** Both methods throw the error given when the operator's key is missing or another. */
export function createWorkspaceKeys(secrets: SecretBox, { purpose, unavailable }: KeyUse): WorkspaceKeys {
  // A key never changes, so that it is read and opened once; that there is none is true for one transaction only.
  const known = new Map<number, Buffer>();
  const placeOf = ({ workspaceId }: Tx) => keyPlace(workspaceId, purpose);

  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw new WendError(unavailable, { cause });
    }
  };
  const read = async (tx: Tx): Promise<Buffer | undefined> => {
    const [row] = await tx.rows<{ sealed: SealedSecret }>(readSql, [tx.workspaceId, purpose]);
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
      await tx.run(insertSql, [tx.workspaceId, purpose, JSON.stringify(sealed), tx.now]);
      // Another may have been first. Not remembered: this transaction may still be rolled back.
      return (await read(tx))!;
    },
  };
}

const readSql = {
  name: "load-workspace-key",
  text: "select sealed from workspace_keys where workspace_id = $1 and purpose = $2",
};

const insertSql = /* sql */ `
insert into workspace_keys (workspace_id, purpose, sealed, created_at)
values ($1, $2, $3, to_timestamp($4 / 1000e0)) on conflict do nothing`;
