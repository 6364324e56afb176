/** How long a request lives: until its client leaves, the server stops, its time is up, or its answer has ended. */
export interface Life {
  readonly signal: AbortSignal;
  end(): void;
}

/** Of a streamed answer. A browser that listens for longer connects anew. */
const longestMs = 10 * 60_000;

export function startLife(ends: readonly AbortSignal[]): Life {
  const life = new AbortController();
  const end = (): void => {
    clearTimeout(timer);
    for (const signal of ends) signal.removeEventListener("abort", end);
    life.abort();
  };
  const timer = setTimeout(end, longestMs).unref();
  for (const signal of ends) signal.addEventListener("abort", end, { once: true });
  if (ends.some((signal) => signal.aborted)) end();
  return { signal: life.signal, end };
}

/** Runs it when the life ends, at once when it has ended already. */
export function endWith({ signal }: Life, leave: () => void): void {
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave, { once: true });
}
