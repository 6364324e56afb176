import type { CompiledVersion } from "@wend/journey";
import type { Claimed } from "./claimed.ts";

/**
 * Whether rows of the profile's inbox that nobody has advanced yet could forbid the send: a change of consent, or
 * an event that may be an exit or the goal of an active run. Waiting for them costs a moment, a message too many cannot be taken back.
 */
export function canForbid({ pending }: Pick<Claimed, "pending">, version: CompiledVersion | undefined): boolean {
  if (pending === null) return false;
  return pending.some(([kind, name]) => kind === "profile" || name === "$consent" || canEnd(version, name));
}

// Any change can make a condition on the profile or its history hold.
function canEnd(version: CompiledVersion | undefined, event: string): boolean {
  if (!version) return false;
  return version.hasConditions || version.goal?.event === event || version.exits.some((exit) => exit.event === event);
}
