import { isValidAddress } from "./address.ts";
import type { GateCheck, GateFacts, SuppressedReason } from "./types.ts";

/** There is a connection, and, when its action needs one, exactly one valid address. */
export function checkAddress({ delivery, connections }: GateFacts): GateCheck {
  const { connection, addressKind, address } = delivery;
  const connected = Object.hasOwn(connections, connection) && connections[connection] !== undefined;
  const reason = addressFault(addressKind, address) ?? (connected ? null : "connection_missing");
  // The address itself stands in the delivery; a check must not be one more place to erase it from.
  const inputs = { connection, connected, addressKind, present: address !== null && address !== "" };
  return { step: "address", pass: reason === null, reason, inputs };
}

function addressFault(kind: string | null, address: string | null): SuppressedReason | null {
  if (kind === null) return null;
  if (address === null || address === "") return "no_address";
  return isValidAddress(kind, address) ? null : "invalid_address";
}
