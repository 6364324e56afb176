import type { CompiledVersion } from "@wend/journey";
import type { OpenConnection } from "../../connections/open-connection.ts";
import type { Tx } from "../../store/transaction.ts";
import type { DeliverRuntime } from "../runtime.ts";
import type { Claimed } from "./claimed.ts";
import type { Judgement } from "./judge.ts";
import { judge } from "./judge.ts";
import { loadClaimHistory } from "./load-history.ts";
import type { VersionOf } from "./load-versions.ts";
import { loadVersions } from "./load-versions.ts";

export interface ClaimedDeliveries {
  readonly connection: OpenConnection;
  readonly claimed: readonly Claimed[];
}

/** Loads what the gate needs beside the claimed rows, in a fixed number of statements, and judges each delivery. */
export async function judgeAll(
  runtime: DeliverRuntime,
  tx: Tx,
  { connection, claimed }: ClaimedDeliveries,
): Promise<Judgement[]> {
  if (claimed.length === 0) return [];
  // A run that has ended has no exits any more: its version is not asked.
  const active = claimed.filter((delivery) => delivery.run_status === "active");
  const versionOf = await loadVersions(runtime.versions, tx, active);
  const history = await loadClaimHistory(tx, active, (delivery) => orNothing(versionOf, delivery));
  const suppressed = await loadSuppressed(runtime, tx, claimed);
  const view = {
    now: tx.now,
    connection,
    version: (delivery: Claimed) => (delivery.run_status === "active" ? versionOf(delivery) : undefined),
    history,
    suppressed: (id: string) => suppressed.get(id),
    random: runtime.random ?? Math.random,
  };
  return claimed.map((delivery) => judge(view, delivery));
}

/** Delivery id -> why its address is on the suppression list. */
async function loadSuppressed(
  { suppressions }: DeliverRuntime,
  tx: Tx,
  claimed: readonly Claimed[],
): Promise<ReadonlyMap<string, string>> {
  const addressed = claimed.flatMap(({ id, channel, address }) => (address === null ? [] : [{ id, channel, address }]));
  const found = await suppressions.find(tx, addressed);
  return new Map(addressed.flatMap(({ id }, i) => (found[i] ? [[id, found[i].reason]] : [])));
}

// What keeps a version from compiling is told where its deliveries are judged.
function orNothing(versionOf: VersionOf, delivery: Claimed): CompiledVersion | undefined {
  try {
    return versionOf(delivery);
  } catch {
    return undefined;
  }
}
