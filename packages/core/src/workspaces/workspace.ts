import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { Store } from "../store/connect.ts";
import { codeOf } from "../store/failures.ts";
import { inWorkspace } from "../store/transaction.ts";
import { parseInput } from "./parse-input.ts";

/** A tenant. Nothing but its id and slug is visible to another. */
export interface Workspace {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  /** How many shards its profiles are spread over; fixed when it is made. */
  readonly shards: number;
}

const newWorkspace = z.object({
  // Starts with a letter, so that a slug and an id can never be mistaken for each other.
  slug: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, "a letter, then letters, digits or hyphens, lower case, at most 63"),
  name: z.string().min(1).max(200),
  shards: z.literal([1, 2, 4, 8, 16, 32, 64, 128, 256]).default(16),
});

/** Makes a workspace with its shards. Throws `workspace.slug_taken`, `workspace.invalid`. */
export async function createWorkspace(store: Store, input: z.input<typeof newWorkspace>): Promise<Workspace> {
  const { slug, name, shards } = parseInput(newWorkspace, input, "workspace.invalid");
  const id = await nextId(store);
  try {
    // Made from inside itself: row-level security lets nobody write a row of a workspace that is not the current one.
    await inWorkspace(store, id, async (tx) => {
      await tx.run(
        `insert into workspaces (id, slug, name, shards, created_at) overriding system value
         values ($1, $2, $3, $4, $5)`,
        [id, slug, name, shards, new Date(tx.now)],
      );
      await tx.run("insert into shards (workspace_id, n) select $1, n from generate_series(0, $2 - 1) n", [id, shards]);
    });
  } catch (error) {
    if (codeOf(error) === "23505") throw new WendError("workspace.slug_taken", { detail: slug, pointer: "/slug" });
    throw error;
  }
  return { id, slug, name, shards };
}

async function nextId(store: Store): Promise<number> {
  const { rows } = await store.app.query<{ id: number }>("select nextval('workspaces_id_seq') as id");
  return rows[0]!.id;
}
