import type { LookupFunction } from "node:net";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import type { AddressPolicy } from "./address-policy.ts";
import type { ResolveHost } from "./resolve-host.ts";
import { assertAllowed } from "./resolve-host.ts";

/**
 * Opens sockets to allowed addresses only. A literal is checked before the connect (no lookup is made for it), a
 * name's addresses by the lookup whose answer is the one connected to, and the peer once more when it stands.
 */
export function createGuardedConnector(policy: AddressPolicy, resolveHost: ResolveHost): buildConnector.connector {
  const connect = buildConnector({ timeout: 5_000, allowH2: false, lookup: guardedLookup(resolveHost) });
  return (options, callback) => {
    try {
      const literal = options.hostname.replace(/^\[|\]$/g, "");
      if (isIP(literal)) assertAllowed(policy, literal);
    } catch (error) {
      callback(error as Error, null);
      return;
    }
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      try {
        assertAllowed(policy, socket.remoteAddress);
      } catch (blocked) {
        socket.destroy();
        return callback(blocked as Error, null);
      }
      return callback(null, socket);
    });
  };
}

function guardedLookup(resolveHost: ResolveHost): LookupFunction {
  return (host, options, callback) => {
    resolveHost(host).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, addresses as { address: string; family: number }[]);
        else callback(null, first!.address, first!.family);
      },
      (error: Error) => callback(error, ""),
    );
  };
}
