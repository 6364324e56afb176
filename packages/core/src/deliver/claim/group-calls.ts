import type { OpenAction, OpenConnection } from "../../connections/open-connection.ts";
import type { Callable } from "./judge.ts";

/** Deliveries as they go out: each list is one call. A lookup has a call of its own. */
export function groupCalls(judged: readonly Callable[]): (readonly Callable[])[] {
  const calls: (readonly Callable[])[] = [];
  const filling = new Map<string, Callable[]>();
  for (const one of judged) {
    const size = batchSizeOf(one);
    const known = size === undefined ? undefined : filling.get(one.action.name);
    if (known && known.length < size!) {
      known.push(one);
      continue;
    }
    const call = [one];
    calls.push(call);
    if (size !== undefined) filling.set(one.action.name, call);
  }
  return calls;
}

/** How many deliveries may share the call of this one; undefined: its call is made for it alone. */
export const batchSizeOf = ({ kind, action }: Callable): number | undefined =>
  kind === "call" ? action.manifest.batch?.size : undefined;

/** What is known of a delivery before it is claimed. */
export interface DueDelivery {
  readonly id: string;
  readonly action: string;
  /** An earlier call of it may have been accepted without our knowing. */
  readonly ambiguous: boolean;
}

/** Of those that are due, in their order, as many as fit into so many calls. */
export function fitInto(calls: number, due: readonly DueDelivery[], { actions }: Pick<OpenConnection, "actions">) {
  const room = new Map<string, number>();
  const taken: string[] = [];
  const left: string[] = [];
  let used = 0;
  for (const { id, action, ambiguous } of due) {
    const size = sizeFor(actions.get(action), ambiguous);
    const free = size === undefined ? 0 : (room.get(action) ?? 0);
    if (free === 0 && used === calls) {
      left.push(id);
      continue;
    }
    if (free === 0) used += 1;
    if (size !== undefined) room.set(action, (free || size) - 1);
    taken.push(id);
  }
  return { taken, left };
}

// Whether it will be asked about is known before the claim, as batchSizeOf knows it after.
const sizeFor = (action: OpenAction | undefined, ambiguous: boolean): number | undefined =>
  ambiguous && action?.dedupe.by === "lookup" ? undefined : action?.manifest.batch?.size;
