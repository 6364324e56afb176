/** Gives other work its turn when one has gone on for long. */
export interface Turns {
  isOver(): boolean;
  /** Resolves when it is this work's turn again. */
  next(): Promise<void>;
}

export function startTurns(ms: number): Turns {
  let end = performance.now() + ms;
  return {
    isOver: () => performance.now() >= end,
    next: async () => {
      await new Promise(setImmediate);
      end = performance.now() + ms;
    },
  };
}
