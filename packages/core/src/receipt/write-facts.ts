import { claimMessageIds } from "../accept/append/claim-message-ids.ts";
import type { OpenConnection } from "../connections/open-connection.ts";
import type { Tx } from "../store/transaction.ts";
import type { SuppressionList } from "../suppressions/suppression-list.ts";
import type { Fact, PlacedFact } from "./fact.ts";
import { hasDelivery, isAboutAddress, isReceipt } from "./fact.ts";
import { parkFacts } from "./match/park-facts.ts";
import { placeFacts } from "./match/place-facts.ts";
import { appendFacts } from "./write/append-facts.ts";
import { toEvent } from "./write/event-of-fact.ts";
import { foldReceipts } from "./write/fold-receipts.ts";
import { keepLastWords } from "./write/last-words.ts";
import { resubscribe } from "./write/resubscribe.ts";
import { takeBackPermission } from "./write/take-back-permission.ts";

/** Whose facts they are, and the list that some of them add to. */
export interface FactSource {
  readonly connection: Pick<OpenConnection, "id" | "key" | "channel">;
  readonly suppressions: SuppressionList;
}

/** Facts of different ids, by a fixed number of statements whatever their number; gives back the shards to wake. */
export async function writeFacts(
  tx: Tx,
  { connection, suppressions }: FactSource,
  facts: readonly Fact[],
): Promise<readonly number[]> {
  if (facts.length === 0) return [];
  const { placed, unknown } = await placeFacts(tx, connection, facts);
  const fresh = await keepFresh(tx, placed);
  const first = await keepFirstOfAddress(tx, facts);
  const whereKnown = new Map(placed.map((one) => [one.fact, one.sandboxed]));
  const { shards, sandboxed } = await settingsOf(tx, connection.id);
  const told = await foldReceipts(tx, shards, fresh.filter(isReceipt).filter(hasDelivery));
  const events = fresh.map((one) => toEvent(one, connection.key));
  const heard = await appendFacts(tx, shards, events);
  const setup = { suppressions, shards, connection };
  const lasting = keepLastWords(first, connection.channel);
  await resubscribe(tx, setup, lasting);
  const revoked = await takeBackPermission(tx, setup, {
    placed: fresh.filter(({ fact }) => !isAboutAddress(fact)),
    addressed: lasting.map((fact) => ({ fact, sandboxed: whereKnown.get(fact) ?? sandboxed })),
  });
  await parkFacts(tx, connection.id, unknown);
  return [...told, ...heard, ...revoked];
}

// A receipt that is known already has had its effect.
async function keepFresh(tx: Tx, placed: readonly PlacedFact[]): Promise<PlacedFact[]> {
  const ids = placed.map(({ fact }) => fact.messageId);
  const fresh = await claimMessageIds(tx, ids);
  return placed.filter(({ fact }) => fresh.has(fact.messageId));
}

// An address needs no delivery and no customer, so that what is said of it takes effect as soon as it is said; looked at
// again later, it must not undo what an operator has decided since.
async function keepFirstOfAddress(tx: Tx, facts: readonly Fact[]): Promise<Fact[]> {
  const addressed = facts.filter(isAboutAddress);
  const idOf = ({ messageId }: Fact) => `${messageId}:address`;
  const fresh = addressed.length > 0 ? await claimMessageIds(tx, addressed.map(idOf)) : new Set();
  return addressed.filter((fact) => fresh.has(idOf(fact)));
}

interface Settings {
  readonly shards: number;
  /** As it stands now: the connection may have been opened before it was a sandbox. */
  readonly sandboxed: boolean;
}

async function settingsOf(tx: Tx, connectionId: string): Promise<Settings> {
  const [row] = await tx.rows<Settings>(
    `select shards, exists(select from connections where workspace_id = $1 and id = $2 and sandbox is not null) as sandboxed
     from workspaces where id = $1`,
    [tx.workspaceId, connectionId],
  );
  return row!;
}
