/** What ingest takes, in one place; the API reference quotes it. */
export const ingestLimits = {
  /** Bytes of a request's body, after decompression. */
  bodyBytes: 512 * 1024,
  /** Bytes of one event as sent. */
  eventBytes: 32 * 1024,
  /** Levels of nesting of a document. */
  depth: 64,
  /** Items of a batch. */
  batchItems: 500,
  /** Characters of a message id. */
  messageIdLength: 200,
  /** Characters of a user id or anonymous id. */
  idLength: 256,
  /** Characters of an event's name. */
  eventNameLength: 200,
  /** Faults that one answer lists for one item. */
  faultsPerItem: 20,
  /** Characters of a pointer; a longer one names the nearest ancestor that fits. */
  pointerLength: 1_000,
} as const;

/** How much may wait for a commit, so that overload costs an answer and never memory. */
export interface GroupLimits {
  /** Items of one transaction; a single call with more is one transaction of its own. */
  readonly groupItems: number;
  /** Items of all workspaces that wait or are being written. */
  readonly waitingItems: number;
  /** The same in characters of payload. */
  readonly waitingBytes: number;
  /** Items of one workspace: the share that one tenant can take. */
  readonly workspaceItems: number;
}

export const groupLimits: GroupLimits = {
  groupItems: 2_000,
  waitingItems: 40_000,
  waitingBytes: 64 * 1024 * 1024,
  workspaceItems: 20_000,
};
