import type { ErrorCode } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { ChannelAddress } from "../../suppressions/channel-address.ts";
import { addressedChannels } from "../../suppressions/channel-address.ts";
import type { SuppressionList } from "../../suppressions/suppression-list.ts";
import type { Outcome } from "../outcome.ts";
import type { DeliveryTarget } from "../runtime.ts";

const reasons: { readonly [Code in ErrorCode]?: string } = {
  "address.gone": "bounced",
  "address.unsubscribed": "unsubscribed",
};

/** The connection that was called, and the list that its refusals add to. */
export interface RefusedBy extends Pick<DeliveryTarget, "connectionId"> {
  readonly suppressions: Pick<SuppressionList, "add" | "unsubscribe">;
}

/**
 * Some providers say at once that an address is no more, or that its owner wants nothing, others by a receipt later: it
 * comes to the same, also in that the customer can take back through the connection what was said to it. It holds whatever
 * becomes of the record, also where another worker has claimed the delivery since.
 */
export async function suppressRefused(
  tx: Tx,
  { suppressions, connectionId }: RefusedBy,
  outcomes: readonly Outcome[],
): Promise<void> {
  const refused = outcomes.filter((outcome) => reasonOf(outcome) !== undefined && addressOf(outcome) !== undefined);
  if (refused.length === 0) return;
  const earnest = await earnestOf(tx, refused);
  for (const [reason, of] of Map.groupBy(earnest, reasonOf)) {
    const addresses = of.flatMap((outcome) => addressOf(outcome) ?? []);
    const listed =
      reason === "unsubscribed"
        ? suppressions.unsubscribe(tx, addresses, connectionId)
        : suppressions.add(tx, addresses, reason!);
    await listed.catch((error: unknown) => {
      // What was called has to be recorded, also by an operator who can keep no list.
      if (!(error instanceof WendError && error.code === "suppression.key_unavailable")) throw error;
    });
  }
}

const reasonOf = ({ error }: Outcome): string | undefined => (error === null ? undefined : reasons[error.code]);

const addressOf = ({ delivery: { channel, address } }: Outcome): ChannelAddress | undefined =>
  address !== null && addressedChannels.includes(channel) ? { channel, address } : undefined;

// A sandbox has called another address than the customer's.
async function earnestOf(tx: Tx, outcomes: readonly Outcome[]): Promise<Outcome[]> {
  const sandboxed = await tx.rows<{ id: string }>(
    `select d.id from unnest($2::uuid[], $3::int[]) as u (id, attempt)
     join deliveries d on d.workspace_id = $1 and d.id = u.id and d.sandbox_attempt = u.attempt`,
    [
      tx.workspaceId,
      plainArray(outcomes.map(({ delivery }) => delivery.id)),
      plainArray(outcomes.map(({ delivery }) => delivery.attempt)),
    ],
  );
  const ids = new Set(sandboxed.map(({ id }) => id));
  return outcomes.filter(({ delivery }) => !ids.has(delivery.id));
}
