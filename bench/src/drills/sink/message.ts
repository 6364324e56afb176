import type { Fault } from "./trouble.ts";

/** A sink is named like the action that calls it and the connection it is called through. */
export type SinkName = "keyed" | "lookup" | "blind";

/** What reached a sink and stays there. */
export interface Message {
  readonly sink: SinkName;
  readonly key: string;
  readonly customer: string;
  readonly label: string;
  /** A figure of the profile, rendered into the message. */
  readonly count: string;
  /** When it came, on this machine's clock. */
  readonly at: number;
}

/** What a sink was asked beside. */
export interface SinkCounts {
  /** Calls with a key that the keyed sink knew: it took no second message. */
  readonly repeats: number;
  /** Questions for a key that the lookup sink answered with yes, and with no. */
  readonly found: number;
  readonly absent: number;
  /** Calls that met with each fault. */
  readonly faults: Readonly<Record<Fault, number>>;
  /** Those at the sink that tells nothing which left open whether it had acted. */
  readonly leftOpen: number;
}
