import type { CompiledVersion } from "@wend/journey";
import { WendError } from "@wend/plugin";
import type { VersionCache, VersionId } from "../../journeys/version-cache.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Claimed } from "./claimed.ts";

/** The compiled version of a delivery's run; throws what keeps it from being compiled, or `journey.not_found`. */
export type VersionOf = (delivery: Pick<Claimed, "journey_id" | "version">) => CompiledVersion;

/** Reads the versions in play; one that does not compile stops its own deliveries and no others. */
export async function loadVersions(cache: VersionCache, tx: Tx, claimed: readonly Claimed[]): Promise<VersionOf> {
  const ids = new Map(claimed.map((delivery) => [keyOf(delivery), toId(delivery)]));
  const faults = new Map<string, WendError>();
  const fault = await load(cache, tx, [...ids.values()]);
  if (fault) {
    for (const [key, id] of ids) {
      const own = await load(cache, tx, [id]);
      if (own) faults.set(key, own);
    }
  }
  return (delivery) => {
    const compiled = cache.get(delivery.journey_id, delivery.version);
    if (compiled) return compiled;
    throw faults.get(keyOf(delivery)) ?? new WendError("journey.not_found", { detail: "Its version is gone." });
  };
}

// Only a definition at fault is one delivery's matter; a statement that failed is the whole claim's.
async function load(cache: VersionCache, tx: Tx, ids: readonly VersionId[]): Promise<WendError | undefined> {
  try {
    await cache.load(tx, ids);
    return undefined;
  } catch (error) {
    if (error instanceof WendError && error.retry === "never") return error;
    throw error;
  }
}

const keyOf = ({ journey_id, version }: Pick<Claimed, "journey_id" | "version">) => `${journey_id}/${version}`;

const toId = ({ journey_id, version }: Claimed): VersionId => ({ journeyId: journey_id, version });
