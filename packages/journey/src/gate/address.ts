import type { JsonObject } from "../json.ts";

/** The profile's own address of a kind: the trait `email` or `phone`; null when there is none. */
export function resolveAddress(kind: string | null, traits: JsonObject): string | null {
  if (kind !== "email" && kind !== "phone") return null;
  const value = Object.hasOwn(traits, kind) ? traits[kind] : undefined;
  return typeof value === "string" && value !== "" ? value : null;
}
