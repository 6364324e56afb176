import { WendError } from "@wend/plugin";
import { plainArray, textArray } from "../store/arrays.ts";
import type { Store } from "../store/connect.ts";
import type { Tx } from "../store/transaction.ts";
import { inWorkspace } from "../store/transaction.ts";
import { keyPlace } from "../workspaces/workspace-key.ts";
import type { SealedSecret, SecretBox, SecretPlace } from "./secret-box.ts";

/** What was sealed with which key. */
export interface ResealReport {
  /** Secrets and keys of workspaces that are sealed with the present key now, and were not. */
  readonly resealed: number;
  /** Those that were already. */
  readonly current: number;
  /** Those that stay as they are, because nobody gave the key that opens them. */
  readonly unopened: readonly UnopenedSecret[];
}

export interface UnopenedSecret {
  readonly workspaceId: number;
  /** The id of a connection, or `workspace`. */
  readonly owner: string;
  readonly field: string;
  /** Id of the key that it needs. */
  readonly kid: string;
}

/**
 * Seals every secret of connections and every key of workspaces with the operator's present key; one that does not open
 * stops no other. What they hold stays the same: suppressions, links and tokens made before are as good as ever. Safe
 * beside running processes that know both keys, and safe to run again. Throws `connection.secret_key_missing`.
 */
export async function resealSecrets(store: Store, box: SecretBox): Promise<ResealReport> {
  if (box.isLocked) throw new WendError("connection.secret_key_missing");
  const { rows } = await store.router.query<{ id: number }>("select id from workspaces order by id");
  const total = emptyTally();
  for (const { id } of rows) {
    const { resealed, current, unopened } = await inWorkspace(store, id, (tx) => resealWorkspace(tx, box));
    total.resealed += resealed;
    total.current += current;
    total.unopened.push(...unopened);
  }
  return total;
}

// The counts are of one run of the transaction, and its caller has them once it is committed.
async function resealWorkspace(tx: Tx, box: SecretBox): Promise<Tally> {
  const tally = emptyTally();
  await resealConnections(tx, { box, tally });
  await resealKeys(tx, { box, tally });
  return tally;
}

interface Tally {
  resealed: number;
  current: number;
  readonly unopened: UnopenedSecret[];
}

const emptyTally = (): Tally => ({ resealed: 0, current: 0, unopened: [] });

interface Work {
  readonly box: SecretBox;
  readonly tally: Tally;
}

// updated_at stays: what workers hold of a connection is still right.
async function resealConnections(tx: Tx, work: Work): Promise<void> {
  const rows = await tx.rows<{ id: string; secrets: Record<string, SealedSecret> }>(
    "select id, secrets from connections where workspace_id = $1 and secrets <> '{}' order by id for update",
    [tx.workspaceId],
  );
  const sealed = rows.map(({ id, secrets }) =>
    Object.entries(secrets).map(([field, secret]) => {
      return [field, resealOne({ workspaceId: tx.workspaceId, owner: id, field }, { secret, ...work })] as const;
    }),
  );
  await tx.run(
    `update connections c set secrets = u.secrets from unnest($2::uuid[], $3::jsonb[]) as u (id, secrets)
     where c.workspace_id = $1 and c.id = u.id`,
    [
      tx.workspaceId,
      plainArray(rows.map(({ id }) => id)),
      textArray(sealed.map((fields) => JSON.stringify(Object.fromEntries(fields)))),
    ],
  );
}

async function resealKeys(tx: Tx, work: Work): Promise<void> {
  const rows = await tx.rows<{ purpose: string; sealed: SealedSecret }>(
    "select purpose, sealed from workspace_keys where workspace_id = $1 order by purpose for update",
    [tx.workspaceId],
  );
  const sealed = rows.map(({ purpose, sealed: secret }) =>
    resealOne(keyPlace(tx.workspaceId, purpose), { secret, ...work }),
  );
  await tx.run(
    `update workspace_keys k set sealed = u.sealed from unnest($2::text[], $3::jsonb[]) as u (purpose, sealed)
     where k.workspace_id = $1 and k.purpose = u.purpose`,
    [
      tx.workspaceId,
      textArray(rows.map(({ purpose }) => purpose)),
      textArray(sealed.map((secret) => JSON.stringify(secret))),
    ],
  );
}

function resealOne(place: SecretPlace, { box, tally, secret }: Work & { secret: SealedSecret }) {
  try {
    const resealed = box.reseal(place, secret);
    tally[resealed ? "resealed" : "current"]++;
    return resealed ?? secret;
  } catch (error) {
    if (!(error instanceof WendError)) throw error;
    tally.unopened.push({ ...place, kid: secret.kid });
    return secret;
  }
}
