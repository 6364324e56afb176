import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { WendError } from "@wend/plugin";
import type { AddressPolicy } from "./address-policy.ts";

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Resolves a host to all of its addresses, each of them checked. */
export type ResolveHost = (host: string) => Promise<readonly ResolvedAddress[]>;

type Lookup = (host: string) => Promise<readonly { address: string; family: number }[]>;

const systemLookup: Lookup = (host) => lookup(host, { all: true, verbatim: true });

/** A name with one forbidden address is refused altogether: which address a later connect would take is not ours to say. */
export function createResolveHost(policy: AddressPolicy, find: Lookup = systemLookup): ResolveHost {
  const underWay = new Map<string, Promise<readonly ResolvedAddress[]>>();
  return (host) => {
    const bare = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
    const known = underWay.get(bare);
    if (known) return known;
    // Concurrent connects share one question: resolving blocks one of few system threads.
    const answer = resolve(bare, policy, find).finally(() => underWay.delete(bare));
    underWay.set(bare, answer);
    return answer;
  };
}

async function resolve(host: string, policy: AddressPolicy, find: Lookup): Promise<readonly ResolvedAddress[]> {
  const found = isIP(host) === 0 ? await ask(host, find) : [{ address: host, family: isIP(host) }];
  if (found.length === 0) throw new WendError("provider.unavailable", { detail: "The host has no address." });
  for (const { address } of found) assertAllowed(policy, address);
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

async function ask(host: string, find: Lookup): ReturnType<Lookup> {
  try {
    return await find(host);
  } catch (cause) {
    throw new WendError("provider.unavailable", { detail: "The host's name could not be resolved.", cause });
  }
}

/** Throws `connection.blocked_address` unless the policy allows the address. */
export function assertAllowed(policy: AddressPolicy, address: string | undefined): void {
  if (address !== undefined && policy.allows(address)) return;
  throw new WendError("connection.blocked_address");
}
