import { createHmac } from "node:crypto";
import type { JsonObject } from "@wend/journey";
import { isValidAddress, resolveAddress } from "@wend/journey";
import { matchEmailAddress } from "@wend/plugin";

/** An address together with what it is written to by. */
export interface ChannelAddress {
  readonly channel: string;
  readonly address: string;
}

/** Which kind of address a channel writes to. */
const kindOf: Readonly<Record<string, string>> = { email: "email", sms: "phone" };

/** The channels that write to an address of the profile's traits. */
export const addressedChannels: readonly string[] = Object.keys(kindOf);

/** Every address the profile can be written to. */
export function channelAddresses(traits: JsonObject): ChannelAddress[] {
  const found: ChannelAddress[] = [];
  for (const channel in kindOf) {
    const address = resolveAddress(kindOf[channel]!, traits);
    if (address !== null) found.push({ channel, address });
  }
  return found;
}

/** Whether it is one address that the channel could write to, however it is spelt. */
export function isAddress(one: ChannelAddress): boolean {
  const kind = kindOf[one.channel];
  return kind !== undefined && isValidAddress(kind, normalAddress(one));
}

/** One spelling for all that reach the same person: case, white space and punctuation do not tell two addresses apart. */
function normalAddress({ channel, address }: ChannelAddress): string {
  const text = address.trim();
  if (channel === "sms") return text.replaceAll(/[\s()./-]/g, "").replace(/^00/, "+");
  const email = matchEmailAddress(text);
  return (email.ok ? email.value.address : text).toLowerCase();
}

/** An address as the suppression list keeps it, in hex: who has the table and not the key can look nobody up in it. */
export function hashAddress(key: Uint8Array, one: ChannelAddress): string {
  return createHmac("sha256", key)
    .update(`${one.channel}\n${normalAddress(one)}`)
    .digest("hex");
}
