import { createHmac } from "node:crypto";
import type { JsonObject } from "@wend/journey";
import { findPushEndpoint, isValidAddress, resolveAddress } from "@wend/journey";
import { matchEmailAddress } from "@wend/plugin";

/** An address together with what it is written to by. */
export interface ChannelAddress {
  readonly channel: string;
  readonly address: string;
}

/** Which kind of address a channel writes to. */
const kindOf: Readonly<Record<string, string>> = { email: "email", sms: "phone", push: "push" };

/** The channels that write to an address of the profile's traits. */
export const addressedChannels: readonly string[] = Object.keys(kindOf);

/** The channels that write to a kind of address, be it the customer's own; none for what only one provider knows. */
export const channelsOf = (kind: string): string[] => addressedChannels.filter((channel) => kindOf[channel] === kind);

/**
 * How deliveries may have spelt an address: planned ones have e-mail addresses in lower case. What no channel of ours
 * writes to is compared as it is.
 */
export function spellingsOf(one: ChannelAddress): string[] {
  const { channel, address } = one;
  if (kindOf[channel] === undefined) return [address];
  return [...new Set([address, address.trim().toLowerCase(), normalAddress(one)])];
}

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
  return kind !== undefined && isValidAddress(kind, one.channel === "push" ? one.address : normalAddress(one));
}

/**
 * One spelling for all that reach the same person: case, white space and punctuation do not tell two addresses apart.
 * Of a push subscription it is the endpoint: that is what ends.
 */
export function normalAddress({ channel, address }: ChannelAddress): string {
  const text = address.trim();
  if (channel === "sms") return text.replaceAll(/[\s()./-]/g, "").replace(/^00/, "+");
  if (channel === "push") return findPushEndpoint(text) ?? text;
  const email = matchEmailAddress(text);
  return (email.ok ? email.value.address : text).toLowerCase();
}

/** An address as the suppression list keeps it, in hex: who has the table and not the key can look nobody up in it. */
export function hashAddress(key: Uint8Array, one: ChannelAddress): string {
  return createHmac("sha256", key)
    .update(`${one.channel}\n${normalAddress(one)}`)
    .digest("hex");
}
