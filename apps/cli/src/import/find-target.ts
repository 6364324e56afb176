import type { Store, Workspace } from "@wend/core";
import { findWorkspace } from "@wend/core";
import { WendError } from "@wend/plugin";
import { FIRST_WORKSPACE, openFirstWorkspace } from "../host/first-start.ts";

/** The workspace to import into. The first one is made when it is not there yet. Throws `workspace.not_found`. */
export async function findTarget(store: Store, idOrSlug: string): Promise<Workspace> {
  if (idOrSlug === FIRST_WORKSPACE) {
    const { workspace, newKey } = await openFirstWorkspace(store);
    if (newKey !== undefined)
      console.log(`made workspace ${workspace.slug}, key ${newKey}   (shown this once: keep it)`);
    return workspace;
  }
  const workspace = await findWorkspace(store, idOrSlug);
  if (!workspace) throw new WendError("workspace.not_found", { detail: idOrSlug });
  return workspace;
}
