import { createHash } from "node:crypto";
import type { JsonObject } from "@wend/journey";

/** Which trait holds the address of a kind. */
const traitOf: Readonly<Record<string, string>> = { email: "email", phone: "phone" };

/** Which kind of address a channel writes to. */
const kindOf: Readonly<Record<string, string>> = { email: "email", sms: "phone" };

/** The profile's address of a kind (`email`, `phone`), as its traits hold it; null when there is none. */
function addressOf(kind: string, traits: JsonObject): string | null {
  const trait = traitOf[kind];
  const value = trait === undefined ? undefined : traits[trait];
  return typeof value === "string" && value !== "" ? value : null;
}

/** Every channel the profile has an address for. */
export function channelAddresses(traits: JsonObject): { channel: string; address: string }[] {
  const found: { channel: string; address: string }[] = [];
  for (const channel in kindOf) {
    const address = addressOf(kindOf[channel]!, traits);
    if (address !== null) found.push({ channel, address });
  }
  return found;
}

/**
 * The key of an address on the suppression list, in hex: SHA-256 over workspace, channel and the normalised
 * address, so that the list survives erasure without holding the address.
 */
export function addressHash(workspaceId: number, channel: string, address: string): string {
  return createHash("sha256").update(`${workspaceId}\n${channel}\n${address.trim().toLowerCase()}`).digest("hex");
}
