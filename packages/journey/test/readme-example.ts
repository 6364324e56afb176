import type { Facts } from "@wend/journey";
import { compileJourney, decide, decideEntry, parseJourney, startRun } from "@wend/journey";

const definition = parseJourney({
  name: "Welcome",
  timeZone: "Europe/Berlin",
  triggers: [{ type: "event", event: "Signed Up" }],
  start: "pause",
  nodes: {
    pause: { type: "delay", for: "P2D", next: "greeted" },
    greeted: { type: "updateProfile", set: { greeted: true }, next: "done" },
    done: { type: "end", outcome: "greeted" },
  },
});
const version = compileJourney(definition, { version: 1, journeyId: "welcome", catalog: { connections: {} } });

const at = Date.UTC(2026, 2, 28, 9);
const event = { id: "e1", name: "Signed Up", receivedAt: at, occurredAt: at, properties: {} };
const facts: Facts = {
  profile: { id: "p1", traits: { plan: "free" } },
  entry: event,
  history: { events: () => [] },
  gate: { journey: { status: "live" }, consents: [], suppressed: {}, connections: {} },
};

const verdict = decideEntry({ version, facts, event, entry: () => undefined });
if (verdict.kind !== "enter") throw new Error(verdict.kind);

const run = startRun({ version, id: "r1", profileId: "p1", entryKey: verdict.entryKey, event });
export const waiting = decide({ version, run, signal: { kind: "entered", at, event }, facts, now: at });

const due = waiting.run.wakeAt ?? at;
export const ended = decide({ version, run: waiting.run, signal: { kind: "timer", at: due }, facts, now: due });
