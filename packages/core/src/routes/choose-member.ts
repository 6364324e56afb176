import type { Share } from "@wend/journey";
import { assignBuckets, bucketOf } from "@wend/journey";
import type { RouteMode, StoredMember } from "./route.ts";

/** A route at one instant. */
export interface RouteState {
  readonly id: string;
  readonly mode: RouteMode;
  readonly members: readonly StoredMember[];
  /** Ids of the connections whose provider is known to be down. */
  readonly down: ReadonlySet<string>;
}

/** The connection that a new delivery is planned on. While all members of a failover are down it waits for the first. */
export function chooseMember(route: RouteState, profileId: string): string | undefined {
  if (route.mode === "split") return drawMember(route, profileId);
  const { members, down } = route;
  return (members.find(({ connectionId }) => !down.has(connectionId)) ?? members[0])?.connectionId;
}

/**
 * Where a delivery goes that its connection cannot take: the next member that is not down, the first after the last.
 * Undefined: it stays.
 */
export function nextMember({ mode, members, down }: RouteState, connectionId: string): string | undefined {
  if (mode !== "failover") return undefined;
  const at = members.findIndex((member) => member.connectionId === connectionId);
  const others = [...members.slice(at + 1), ...members.slice(0, Math.max(at, 0))];
  return others.find((member) => !down.has(member.connectionId))?.connectionId;
}

// The route is the salt: one profile's place in one route says nothing about its place in another.
function drawMember({ id, members }: RouteState, profileId: string): string | undefined {
  const drawn = members.filter(({ weight }) => weight > 0);
  const owners = ownersOf(drawn.map(({ connectionId, weight }) => ({ label: connectionId, weight })));
  return drawn[owners[bucketOf(id, profileId)]!]?.connectionId;
}

// Dealing out 10,000 buckets takes longer than a small batch; the same weights deal them the same way.
const dealt = new Map<string, Uint16Array>();
const mostDealt = 200;

function ownersOf(shares: readonly Share[]): Uint16Array {
  const key = JSON.stringify(shares);
  let owners = dealt.get(key);
  if (!owners) {
    owners = assignBuckets(shares);
    if (dealt.size >= mostDealt) dealt.clear();
    dealt.set(key, owners);
  }
  return owners;
}
