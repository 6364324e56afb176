import type { PluginHost } from "@wend/plugin";
import { isLive } from "../lifetime.ts";
import type { EvaluationContext } from "./context.ts";
import type { StoredSlot } from "./stored-slot.ts";
import { storedSlot } from "./stored-slot.ts";
import { fits } from "./when.ts";

const pageSize = 100;
/** Older ones of one customer are forgotten: a page has few slots, and a decision costs what it reads. */
const mostPages = 5;

interface Visit {
  readonly profileId: string;
  readonly context: EvaluationContext;
  readonly signal: AbortSignal;
}

/**
 * What each slot shows a customer now: of the decisions that live and fit the page's context, the one of the highest
 * priority, then the latest.
 */
export async function findLiveSlots(
  host: PluginHost,
  { profileId, context, signal }: Visit,
): Promise<ReadonlyMap<string, StoredSlot>> {
  const highest = new Map<string, StoredSlot>();
  const now = host.now();
  for await (const slot of newestFirst(host, profileId, signal)) {
    if (!fits(slot.when, context)) continue;
    const known = highest.get(slot.key);
    if (isLive(slot.until, now) && (!known || slot.priority > known.priority)) highest.set(slot.key, slot);
  }
  return highest;
}

async function* newestFirst(host: PluginHost, profileId: string, signal: AbortSignal): AsyncGenerator<StoredSlot> {
  let after: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const asked = { profileId, action: "slot", newestFirst: true, limit: pageSize, ...(after && { after }) };
    const deliveries = await host.deliveries.list(asked, signal);
    for (const { output } of deliveries) {
      const { success, data } = storedSlot.safeParse(output);
      if (success) yield data;
    }
    if (deliveries.length < pageSize) return;
    after = deliveries.at(-1)!.id;
  }
}
