import type { GroupLimits } from "../limits.ts";

/** What a call takes of the room there is. */
export interface Share {
  readonly items: number;
  readonly bytes: number;
}

export interface Shares {
  /** False when there is no room, for all or for this workspace. */
  take(workspaceId: number, share: Share): boolean;
  give(workspaceId: number, share: Share): void;
}

/** Counts what waits. A call that finds nothing waiting always has room, whatever its size. */
export function createShares(limits: GroupLimits): Shares {
  const byWorkspace = new Map<number, number>();
  let items = 0;
  let bytes = 0;

  const hasRoom = (own: number, share: Share): boolean =>
    items === 0 ||
    (items + share.items <= limits.waitingItems &&
      bytes + share.bytes <= limits.waitingBytes &&
      own + share.items <= limits.workspaceItems);

  const change = (workspaceId: number, share: Share, sign: 1 | -1): void => {
    items += sign * share.items;
    bytes += sign * share.bytes;
    const own = (byWorkspace.get(workspaceId) ?? 0) + sign * share.items;
    if (own > 0) byWorkspace.set(workspaceId, own);
    else byWorkspace.delete(workspaceId);
  };

  return {
    take: (workspaceId, share) => {
      if (!hasRoom(byWorkspace.get(workspaceId) ?? 0, share)) return false;
      change(workspaceId, share, 1);
      return true;
    },
    give: (workspaceId, share) => change(workspaceId, share, -1),
  };
}
