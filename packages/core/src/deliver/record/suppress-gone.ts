import { WendError } from "@wend/plugin";
import type { Tx } from "../../store/transaction.ts";
import { addressedChannels } from "../../suppressions/channel-address.ts";
import type { SuppressionList } from "../../suppressions/suppression-list.ts";
import type { Outcome } from "../outcome.ts";

/**
 * Some providers say at once that an address is no more, others by a hard bounce later: it comes to the same. It holds
 * whatever becomes of the record, also where another worker has claimed the delivery since.
 */
export async function suppressGone(
  tx: Tx,
  suppressions: Pick<SuppressionList, "add">,
  outcomes: readonly Outcome[],
): Promise<void> {
  const gone = outcomes.flatMap(({ error, delivery: { channel, address } }) =>
    error?.code === "address.gone" && address !== null && addressedChannels.includes(channel)
      ? [{ channel, address }]
      : [],
  );
  if (gone.length === 0) return;
  await suppressions.add(tx, gone, "bounced").catch((error: unknown) => {
    // What was called has to be recorded, also by an operator who can keep no list.
    if (!(error instanceof WendError && error.code === "suppression.key_unavailable")) throw error;
  });
}
