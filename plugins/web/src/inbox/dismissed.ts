import type { PluginState } from "@wend/plugin";

const keyOf = (id: string): string => `dismissed:${id}`;

/** Those of the messages that their customer has taken out of the inbox. */
export async function findDismissed(state: PluginState, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const kept = await state.getAll(ids.map(keyOf));
  return new Set(ids.filter((id) => kept.has(keyOf(id))));
}

export const dismiss = (state: PluginState, id: string): Promise<void> => state.set(keyOf(id), "1");
