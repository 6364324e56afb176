import type { Plugin } from "@wend/plugin";

/** The kind of address that a plugin's actions need; null when they need none. */
export function addressKindOf(plugin: Plugin): string | null {
  for (const action of Object.values(plugin.manifest.actions)) if (action.address) return action.address;
  return null;
}
