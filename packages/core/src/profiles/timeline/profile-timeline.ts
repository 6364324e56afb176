import type { Page, PageRequest } from "../../listing/page.ts";
import type { Tx } from "../../store/transaction.ts";
import { loadConsentItems } from "./consent-items.ts";
import { loadDeliveryItems } from "./delivery-items.ts";
import { loadEventItems } from "./event-items.ts";
import { loadHeldItems } from "./held-items.ts";
import type { TimelineItem } from "./item.ts";
import { comparePositions, parseCursor, toCursor } from "./position.ts";
import { loadRefusalItems } from "./refusal-items.ts";
import { loadRunItems } from "./run-items.ts";
import { loadStepItems } from "./step-items.ts";

const sources = [
  loadEventItems,
  loadConsentItems,
  loadRefusalItems,
  loadHeldItems,
  loadRunItems,
  loadStepItems,
  loadDeliveryItems,
];

/**
 * All that happened to a profile and why, newest first: one list of events, consents, entries refused or held, runs, steps
 * and deliveries. Each source gives its newest before the cursor; a page takes the newest of those.
 */
export async function profileTimeline(tx: Tx, profileId: string, page: PageRequest): Promise<Page<TimelineItem>> {
  const query = { profileId, before: parseCursor(page.before), limit: page.limit + 1 };
  const found = [];
  for (const load of sources) found.push(...(await load(tx, query)));
  found.sort((a, b) => comparePositions(a.position, b.position));
  const items = found.slice(0, page.limit);
  const last = items.at(-1);
  return {
    items: items.map(({ position: _, ...item }) => item),
    next: found.length > page.limit && last ? toCursor(last.position) : null,
  };
}
