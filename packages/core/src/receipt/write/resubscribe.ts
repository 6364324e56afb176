import type { Tx } from "../../store/transaction.ts";
import type { Fact } from "../fact.ts";
import { findResubscribed } from "./last-words.ts";
import type { PermissionSetup } from "./take-back-permission.ts";

/**
 * Who unsubscribed an address and says the contrary by the same connection may be written to there again. It is no consent,
 * and lifts nothing that a bounce, a complaint or an operator has put on the list.
 */
export async function resubscribe(
  tx: Tx,
  { suppressions, connection }: Pick<PermissionSetup, "suppressions" | "connection">,
  facts: readonly Fact[],
): Promise<void> {
  const addresses = facts.flatMap((fact) => findResubscribed(fact, connection.channel) ?? []);
  if (addresses.length > 0) await suppressions.resubscribe(tx, addresses, connection.id);
}
