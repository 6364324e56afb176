/** What a browser asks of one route. */
export interface Asked {
  readonly request: Request;
  readonly url: URL;
  /** Of the customer that the host knows by a token; empty on routes that need none. */
  readonly profileId: string;
  /** What the route's path has in its places. */
  readonly parts: readonly string[];
  readonly signal: AbortSignal;
}
