import type { PluginState } from "@wend/plugin";

/** The ticket that a comment goes to: the same on every attempt, and known to whoever asks what became of it. */
export interface CommentTarget {
  find(key: string): Promise<string | undefined>;
  /** Before the comment is sent: without it nothing can have been. */
  keep(key: string, ticket: string): Promise<void>;
}

export function createCommentTarget(state: PluginState): CommentTarget {
  return {
    find: (key) => state.get(`comment:${key}`),
    keep: (key, ticket) => state.set(`comment:${key}`, ticket),
  };
}
