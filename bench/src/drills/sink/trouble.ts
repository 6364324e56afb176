/** What a provider in trouble does with a call. */
export type Fault =
  /** Answers 429 and says how long to wait: in seconds, or until when. */
  | "slowDown"
  /** Answers 500 and has not acted. */
  | "broken"
  /** Has acted, and answers 500. */
  | "brokenAfter"
  /** Never answers; has acted every other time. */
  | "silent"
  /** Has acted, and resets the connection instead of an answer. */
  | "reset"
  /** A page of some gateway with the status 200; has acted every other time. */
  | "page";

export interface Trouble {
  /** The fault of the next call; undefined: it is served. */
  next(key: string, attempt: number): Fault | undefined;
  /** Every other call: there is no telling whether a provider that says nothing has acted. */
  flip(): boolean;
}

const faults: readonly Fault[] = ["slowDown", "broken", "brokenAfter", "silent", "reset", "page"];
/** Pauses double from attempt to attempt: a message that met with a fault every time would take hours. */
export const mostFaults = 3;

/** One call in `oneIn` meets with each of the faults, until a message has had its share of attempts or of faults. */
export function createTrouble(oneIn: number): Trouble {
  const met = new Map<string, number>();
  let flipped = false;
  return {
    next: (key, attempt) => {
      const fault = faults[Math.floor(Math.random() * oneIn)];
      const count = met.get(key) ?? 0;
      if (fault === undefined || count >= mostFaults || attempt > mostFaults) return undefined;
      met.set(key, count + 1);
      return fault;
    },
    flip: () => {
      flipped = !flipped;
      return flipped;
    },
  };
}
