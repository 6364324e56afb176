import type { Consumer } from "@wend/core";

/** One role at work. */
export interface Part {
  readonly name: string;
  /** The consumers it has open at the moment, by name: what the watchdog watches. */
  consumers(): Iterable<readonly [string, Consumer]>;
  /** Begins nothing new, finishes what is under way within the grace, gives back the rest. */
  close(graceMs: number): Promise<void>;
}
