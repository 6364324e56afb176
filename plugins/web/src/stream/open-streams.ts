/** The open streams of a connection in this process, by customer. */
export interface OpenStreams {
  /** Counts one more until the signal aborts; false: the customer has as many as there may be. */
  enter(profileId: string, signal: AbortSignal): boolean;
}

/** Pages of one customer, and those that were closed without a word and are not noticed yet. */
const mostOfOne = 20;

/** A token in the wrong hands opens no more streams than a customer's own pages would. */
export function createOpenStreams(): OpenStreams {
  const open = new Map<string, number>();
  const leave = (profileId: string): void => {
    const left = (open.get(profileId) ?? 0) - 1;
    if (left > 0) open.set(profileId, left);
    else open.delete(profileId);
  };
  return {
    enter: (profileId, signal) => {
      const count = open.get(profileId) ?? 0;
      if (count >= mostOfOne || signal.aborted) return false;
      open.set(profileId, count + 1);
      signal.addEventListener("abort", () => leave(profileId), { once: true });
      return true;
    },
  };
}
