import { matchEmailAddress } from "@wend/plugin";
import type { JsonObject } from "../json.ts";

/** Kinds of address a profile carries itself: each is the trait of the same name. */
export const supportedAddressKinds: ReadonlySet<string> = new Set(["email", "phone"]);

/** The profile's own address of a kind; null when it has none. */
export function resolveAddress(kind: string | null, traits: JsonObject): string | null {
  if (kind === null || !supportedAddressKinds.has(kind) || !Object.hasOwn(traits, kind)) return null;
  const value = traits[kind];
  return typeof value === "string" && value !== "" ? value : null;
}

const e164 = /^\+[1-9]\d{6,14}$/;
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a text is exactly one address of a kind, in the spelling that providers take. */
export function isValidAddress(kind: string, address: string): boolean {
  if (kind === "email") return matchEmailAddress(address).ok;
  if (kind === "phone") return e164.test(address);
  return !unprintable.test(address);
}
