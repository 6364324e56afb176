const dayMs = 86_400_000;

/** How long is kept what nothing reads any more. */
export interface Retention {
  /** The window in which a message id is recognised as sent before. */
  readonly messageIdsMs: number;
  /** Calls to providers. Their deliveries stay. */
  readonly attemptsMs: number;
  /** The window in which the very same webhook is refused: no shorter than that of message ids, or it would be new. */
  readonly noncesMs: number;
  /**
   * The same for webhooks whose provider signs no time, which nothing else keeps from being sent again: by then they are too
   * old to be worth it.
   */
  readonly untimedNoncesMs: number;
}

export const retention: Retention = {
  messageIdsMs: 7 * dayMs,
  attemptsMs: 90 * dayMs,
  noncesMs: 7 * dayMs,
  untimedNoncesMs: 400 * dayMs,
};
