import type { EventFact, Facts, History, Json, JsonObject } from "../../src/index.ts";

/** Where time starts in these tests. */
export const T0 = Date.UTC(2026, 2, 2, 9);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

let events = 0;

/** An event received at an instant; ids grow, as they do in production. */
export function eventAt(at: number, name: string, properties: JsonObject = {}): EventFact {
  events += 1;
  return { id: `e${String(events).padStart(9, "0")}`, name, receivedAt: at, occurredAt: at, properties };
}

/** A profile's history, from events in any order. */
export function historyOf(...known: readonly EventFact[]): History {
  const byName = Map.groupBy(
    known.toSorted((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1)),
    (event) => event.name,
  );
  return { events: (name) => byName.get(name) ?? [] };
}

export const profileId = "0192f3a0-0000-7000-8000-00000000002a";

export interface FactsInput {
  readonly traits?: { readonly [trait: string]: Json };
  readonly history?: readonly EventFact[];
  readonly entry?: EventFact;
  readonly gate?: Partial<Facts["gate"]>;
}

/** Facts about a customer who agreed to e-mail and can be reached. */
export function factsOf({ traits = {}, history = [], entry, gate }: FactsInput = {}): Facts {
  return {
    profile: { id: profileId, traits: { email: "ada@example.com", ...traits } },
    entry,
    history: historyOf(...history),
    gate: {
      journey: { status: "live" },
      consents: [{ channel: "email", purpose: "promotional", topic: "*", state: "granted" }],
      suppressed: {},
      connections: {
        mail: { channel: "email", address: null },
        hook: { channel: "webhook", address: null },
        desk: { channel: "support", address: null },
      },
      ...gate,
    },
  };
}
