import type { Change } from "./change.ts";
import type { HubspotConnection } from "./connection.ts";
import type { HubspotSignal } from "./signals.ts";
import { toSignal } from "./signals.ts";

/** Changes as the signals that they are, one for each customer concerned; what is told twice is one. */
export async function toSignals(
  { subjects }: HubspotConnection,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<HubspotSignal[]> {
  const about = await subjects(changes, signal);
  const all = changes.flatMap((change, index) => about[index]!.map((subject) => toSignal(change, subject)));
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
