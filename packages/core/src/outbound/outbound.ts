import type { Socket } from "node:net";
import type { TcpTarget } from "@wend/plugin";
import { createAddressPolicy } from "./address-policy.ts";
import { createGuardedConnect } from "./guarded-connect.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";
import { createResolveHost } from "./resolve-host.ts";

/** The way out for one connection; close it with the connection. */
export interface Way {
  readonly fetch: typeof globalThis.fetch;
  /** Opens a TCP connection to an address that was checked, and to no other. */
  connect(target: TcpTarget): Promise<Socket>;
  close(): Promise<void>;
}

export interface Outbound {
  /** Opens a way with sockets of its own, so that one provider's do not queue behind another's. */
  open(): Way;
}

/** `allowPrivate` is the operator's list of ranges (WEND_ALLOW_PRIVATE), never a workspace's. */
export function createOutbound(allowPrivate: readonly string[]): Outbound {
  const policy = createAddressPolicy(allowPrivate);
  const resolveHost = createResolveHost(policy);
  return {
    open: () => ({
      ...createGuardedFetch(policy, resolveHost),
      connect: createGuardedConnect(resolveHost),
    }),
  };
}
