import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { Store } from "../store/connect.ts";
import { codeOf } from "../store/failures.ts";
import { inWorkspace } from "../store/transaction.ts";
import type { AllowList, KeyKind } from "./credential.ts";
import type { NewKey } from "./key-text.ts";
import { digestOf, makeKey } from "./key-text.ts";
import { parseInput } from "./parse-input.ts";

const names = z.array(z.string().min(1).max(200)).max(500);

const newApiKey = z
  .object({
    kind: z.enum(["pub", "srv"]),
    name: z.string().min(1).max(200),
    scopes: z
      .array(z.string().regex(/^(\*|[a-z]+(:[a-z]+)?)$/, "a scope like `ingest` or `journeys:write`, or `*`"))
      .min(1),
    allow: z.strictObject({ events: names.optional(), traits: names.optional() }).default({}),
    expiresAt: z.number().int().optional(),
  })
  // A pub_ key lies open in every browser.
  .refine(({ kind, scopes }) => kind === "srv" || scopes.every((scope) => scope === "ingest"), {
    path: ["scopes"],
    message: "a pub_ key has the scope `ingest` and no other",
  });

export interface NewApiKey {
  readonly kind: KeyKind;
  readonly name: string;
  /** Like `ingest` or `journeys:write`; `*` is every scope. */
  readonly scopes: readonly string[];
  /** What a pub_ key may send. */
  readonly allow?: AllowList;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/**
 * Makes a key and shows it this once. To rotate, make a second key, move its users over, then revoke the first: any
 * number may be live at a time.
 */
export async function createApiKey(store: Store, workspaceId: number, input: NewApiKey): Promise<NewKey> {
  const { kind, name, scopes, allow, expiresAt } = parseInput(newApiKey, input, "auth.invalid_request");
  const made = makeKey(kind);
  const stored = inWorkspace(store, workspaceId, (tx) =>
    tx.run(
      `insert into api_keys (workspace_id, id, kind, name, secret_hash, scopes, allow, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        workspaceId,
        made.id,
        kind,
        name,
        digestOf(made.key),
        scopes,
        allow,
        new Date(tx.now),
        expiresAt === undefined ? null : new Date(expiresAt),
      ],
    ),
  );
  await stored.catch((error) => {
    if (codeOf(error) === "23503") throw new WendError("workspace.not_found", { detail: String(workspaceId) });
    throw error;
  });
  return made;
}
