import { WendError } from "@wend/plugin";
import type { ConnectionId } from "../connections/connections.ts";
import type { SecretBox } from "../connections/secret-box.ts";
import type { Store } from "../store/connect.ts";
import type { Tx } from "../store/transaction.ts";
import { inWorkspace } from "../store/transaction.ts";
import { createWorkspaceKeys } from "../workspaces/workspace-key.ts";
import { readToken, writeToken } from "./token-text.ts";

/** What a token is to be good for. */
export interface TokenGrant {
  readonly profileId: string;
  /** The only connection that takes it; undefined: every one of the workspace. */
  readonly connectionId: string | undefined;
  readonly expiresInSeconds: number;
}

export interface CustomerToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** Tokens by which a browser shows on whose behalf it calls. */
export interface CustomerTokens {
  /** Throws `connection.secret_key_missing`, `connection.secret_key_wrong`. */
  sign(tx: Tx, grant: TokenGrant): Promise<CustomerToken>;
  /** The profile that a token speaks for at a connection; undefined when it was changed, is over or is for elsewhere. */
  open(token: string, at: ConnectionId): Promise<string | undefined>;
}

const keyUse = { purpose: "customers", unavailable: "connection.secret_key_wrong" } as const;

export function createCustomerTokens(store: Store, secrets: SecretBox): CustomerTokens {
  const keys = createWorkspaceKeys(secrets, keyUse);
  // A key never changes, and most requests bring a token: they need no transaction to look at it.
  const known = new Map<number, Buffer>();

  const findKey = async (workspaceId: number): Promise<Buffer | undefined> => {
    const key = known.get(workspaceId) ?? (await inWorkspace(store, workspaceId, (tx) => keys.find(tx)));
    if (key) known.set(workspaceId, key);
    return key;
  };
  return {
    sign: async (tx, { profileId, connectionId, expiresInSeconds }) => {
      if (secrets.isLocked) throw new WendError("connection.secret_key_missing");
      const e = Math.floor(tx.now / 1000) + expiresInSeconds;
      const said = { w: tx.workspaceId, p: profileId, ...(connectionId && { c: connectionId }), e };
      return { token: writeToken(await keys.make(tx), said), expiresAt: e * 1000 };
    },
    open: async (token, { workspaceId, connectionId }) => {
      const read = readToken(token);
      if (!read || secrets.isLocked) return undefined;
      const { w, p, c = connectionId, e } = read.claims;
      const now = store.clock.fixed() ?? Date.now();
      if (w !== workspaceId || c !== connectionId || e * 1000 <= now) return undefined;
      const key = await findKey(workspaceId);
      return key && read.isSignedBy(key) ? p : undefined;
    },
  };
}
