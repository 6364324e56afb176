import type { Store, Workspace } from "@wend/core";
import { createApiKey, createWorkspace, findWorkspace } from "@wend/core";

/** The workspace that a new installation begins with. */
export const FIRST_WORKSPACE = "main";

export interface FirstStart {
  readonly workspace: Workspace;
  /** Set the one time it is made. */
  readonly newKey: string | undefined;
}

/** Finds the first workspace, or makes it together with a key that may do everything in it. */
export async function openFirstWorkspace(store: Store): Promise<FirstStart> {
  const known = await findWorkspace(store, FIRST_WORKSPACE);
  if (known) return { workspace: known, newKey: undefined };
  const workspace = await createWorkspace(store, { slug: FIRST_WORKSPACE, name: "Main" });
  const { key } = await createApiKey(store, workspace.id, { kind: "srv", name: "first", scopes: ["*"] });
  return { workspace, newKey: key };
}
