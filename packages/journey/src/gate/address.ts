import type { JsonObject } from "../json.ts";

/** Kinds of address a profile carries itself: each is the trait of the same name. */
export const supportedAddressKinds: ReadonlySet<string> = new Set(["email", "phone"]);

/** The profile's own address of a kind; null when it has none. */
export function resolveAddress(kind: string | null, traits: JsonObject): string | null {
  if (kind === null || !supportedAddressKinds.has(kind) || !Object.hasOwn(traits, kind)) return null;
  const value = traits[kind];
  return typeof value === "string" && value !== "" ? value : null;
}
