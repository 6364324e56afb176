import type { Store } from "../store/connect.ts";
import type { Workspace } from "./workspace.ts";

const maxId = 2 ** 31 - 1;

/** A workspace by its id (also as text) or slug. */
export async function findWorkspace(store: Store, idOrSlug: number | string): Promise<Workspace | undefined> {
  const byId = typeof idOrSlug === "number" || /^\d+$/.test(idOrSlug);
  const key = byId ? Number(idOrSlug) : idOrSlug;
  if (typeof key === "number" && !(Number.isInteger(key) && key > 0 && key <= maxId)) return undefined;
  const { rows } = await store.router.query<Workspace>(
    `select id, slug, name, shards from workspaces where ${byId ? "id" : "slug"} = $1`,
    [key],
  );
  return rows[0];
}
