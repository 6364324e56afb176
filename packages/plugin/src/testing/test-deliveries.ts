import { setTimeout as sleep } from "node:timers/promises";
import type { ChangesAsked, CustomerDelivery, DeliveriesAsked, PluginDeliveries } from "../contract/host.ts";

const LOOK_MS = 20;

/** The deliveries of a test; they are looked at again and again, so that a test adds one by adding it. */
export function createTestDeliveries(sent: {
  readonly [profileId: string]: readonly CustomerDelivery[];
}): PluginDeliveries {
  const of = (profileId: string) => sent[profileId] ?? [];
  return {
    list: async (asked) => listed(of(asked.profileId), asked),
    changes: (asked, signal) => watched(() => of(asked.profileId), asked, signal),
  };
}

function listed(sent: readonly CustomerDelivery[], asked: DeliveriesAsked): readonly CustomerDelivery[] {
  const { id, action, after, newestFirst = false, limit = 20 } = asked;
  const isAfter = (other: string) => after === undefined || (newestFirst ? other < after : other > after);
  const fitting = sent.filter(
    (one) => (id ?? one.id) === one.id && (action ?? one.action) === one.action && isAfter(one.id),
  );
  return (newestFirst ? fitting.reverse() : fitting).slice(0, limit);
}

async function* watched(
  sent: () => readonly CustomerDelivery[],
  { since = Date.now() }: ChangesAsked,
  signal: AbortSignal,
): AsyncGenerator<CustomerDelivery> {
  const told = new Set<string>();
  while (!signal.aborted) {
    for (const one of sent().filter(({ id, at }) => at >= since && !told.has(id))) {
      told.add(one.id);
      yield one;
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}
