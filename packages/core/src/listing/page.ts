/** Which part of a list is asked for: at most `limit` items, older than the item that the cursor `before` names. */
export interface PageRequest {
  readonly limit: number;
  readonly before?: string | undefined;
}

/** Newest first. `next` is the cursor of the following page; null when there is none. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
