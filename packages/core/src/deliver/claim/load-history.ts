import type { CompiledVersion, EventFact, History } from "@wend/journey";
import { loadHistory } from "../../advance/load/load-history.ts";
import type { ProfileWork } from "../../advance/profile-work.ts";
import { createProfileWork } from "../../advance/profile-work.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Claimed } from "./claimed.ts";

const noEvents: readonly EventFact[] = [];
const noHistory: History = { events: () => noEvents };

/** The history that conditions of exits and goal read; few versions have any, and then nothing is asked. */
export async function loadClaimHistory(
  tx: Tx,
  claimed: readonly Claimed[],
  versionOf: (delivery: Claimed) => CompiledVersion | undefined,
): Promise<(profileId: string) => History> {
  const windows = new Map<string, number>();
  const profiles = new Map<string, ProfileWork>();
  for (const delivery of claimed) {
    const version = versionOf(delivery);
    if (!version?.hasConditions || version.needs.history.size === 0) continue;
    profiles.set(delivery.profile_id, createProfileWork(delivery.profile_id));
    for (const [name, window] of version.needs.history) windows.set(name, Math.max(window, windows.get(name) ?? 0));
  }
  if (profiles.size === 0) return () => noHistory;
  const widest = Math.max(...windows.values());
  const since = Number.isFinite(widest) ? Math.max(0, tx.now - widest) : 0;
  await loadHistory(tx, profiles, { names: [...windows.keys()], since });
  return (profileId) => ({ events: (name) => profiles.get(profileId)?.history.get(name) ?? noEvents });
}
