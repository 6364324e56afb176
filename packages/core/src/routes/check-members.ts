import { shareActions } from "@wend/journey";
import type { Problem } from "@wend/plugin";
import type { PluginRegistry } from "../connections/plugin-registry.ts";
import type { Tx } from "../store/transaction.ts";
import { addressKindOf } from "./address-kind.ts";
import type { FoundMember } from "./find-members.ts";
import { findMembers } from "./find-members.ts";
import type { RouteMode, StoredMember } from "./route.ts";
import type { NamedMember } from "./route-input.ts";
import { createProblem } from "./route-problem.ts";

export interface WrittenRoute {
  readonly mode: RouteMode;
  readonly members: readonly NamedMember[];
}

export interface CheckedMembers {
  readonly problems: readonly Problem[];
  /** Those that there are. */
  readonly found: readonly FoundMember[];
}

/** All faults of a route's members at once; pointers lead into the route. */
export async function checkMembers(tx: Tx, plugins: PluginRegistry, written: WrittenRoute): Promise<CheckedMembers> {
  const members = await findMembers(tx, plugins, written.members);
  const found = members.filter((member) => member !== undefined);
  const problems = members.flatMap((member, i) => {
    const at = ["members", i, "connection"];
    if (!member) return createProblem("route.unknown_member", at, `It is ${written.members[i]!.connection}.`);
    if (members.findIndex((other) => other?.id === member.id) < i) return createProblem("route.duplicate_member", at);
    return findDifference(member, found[0]!, at);
  });
  if (written.mode === "split" && written.members.every(({ weight }) => weight === 0)) {
    problems.push(createProblem("route.zero_weights", ["members"]));
  }
  // What they share is asked only if nothing else keeps them apart.
  if (problems.length === 0 && sharesNothing(found)) problems.push(createProblem("route.nothing_shared", ["members"]));
  return { problems, found };
}

/** As a route keeps them. */
export const toStored = (found: readonly FoundMember[]): StoredMember[] =>
  found.map(({ id, weight }) => ({ connectionId: id, weight }));

function findDifference(member: FoundMember, first: FoundMember, at: readonly PropertyKey[]): Problem[] {
  if (member.channel !== first.channel) {
    return [createProblem("route.channel_differs", at, `It is ${member.channel}, not ${first.channel}.`)];
  }
  const [own, asked] = [addressKindOf(member.plugin), addressKindOf(first.plugin)];
  if (own === asked) return [];
  return [createProblem("route.address_differs", at, `It is ${own ?? "none"}, not ${asked ?? "none"}.`)];
}

function sharesNothing([first, ...rest]: readonly FoundMember[]): boolean {
  return first !== undefined && Object.keys(shareActions([first, ...rest]).actions).length === 0;
}
