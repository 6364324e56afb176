import { matchEmailAddress } from "@wend/plugin";
import type { JsonObject } from "../json.ts";
import { findPushEndpoint } from "./push-address.ts";

/** Kinds of address a profile carries itself: each is the trait of the same name. */
export const supportedAddressKinds: ReadonlySet<string> = new Set(["email", "phone", "push"]);

/**
 * The profile's own address of a kind; null when it has none. An e-mail address is given in lower case: no mailbox is
 * known that tells cases apart, and what a provider says of the address later is found whatever case it has made of it.
 */
export function resolveAddress(kind: string | null, traits: JsonObject): string | null {
  if (kind === null || !supportedAddressKinds.has(kind) || !Object.hasOwn(traits, kind)) return null;
  const value = traits[kind];
  if (typeof value !== "string" || value === "") return null;
  return kind === "email" ? value.toLowerCase() : value;
}

const e164 = /^\+[1-9]\d{6,14}$/;
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a text is exactly one address of a kind, in the spelling that providers take. */
export function isValidAddress(kind: string, address: string): boolean {
  if (kind === "email") return matchEmailAddress(address).ok;
  if (kind === "phone") return e164.test(address);
  if (kind === "push") return findPushEndpoint(address) !== undefined;
  return !unprintable.test(address);
}
