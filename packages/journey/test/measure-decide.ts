// Microseconds per decision of a four-node journey. Run it by hand:
//   npx pnpm@12 --filter @wend/journey measure
import type { Decision } from "../src/index.ts";
import { compileJourney, decide, decideEntry, defineJourney, startRun } from "../src/index.ts";
import { catalog } from "./support/catalog.ts";
import { eventAt, factsOf, HOUR, profileId, T0 } from "./support/facts.ts";

const definition = defineJourney({
  name: "Onboarding",
  timeZone: "Europe/Berlin",
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "afterExit" },
  start: "plan",
  nodes: {
    plan: {
      type: "split",
      branches: [
        { label: "pro", when: { op: "eq", left: { ref: "event.properties.plan" }, right: "pro" }, next: "mark" },
      ],
      else: "mark",
    },
    mark: { type: "updateProfile", set: { stage: "onboarding" }, next: "wait" },
    wait: {
      type: "waitForEvent",
      branches: [{ event: "Activated", next: "done" }],
      timeout: { after: "PT72H", next: "done" },
    },
    done: { type: "end", outcome: "finished" },
  },
});

const version = compileJourney(definition, { version: 1, journeyId: "j", catalog });
const first = eventAt(T0, "Signed Up", { plan: "pro" });
const second = eventAt(T0 + HOUR, "Activated", { source: "web" });
const facts = factsOf({ traits: { plan: "free" }, history: [first, second] });

function journey(): Decision {
  const verdict = decideEntry({ version, facts, event: first, entry: () => undefined });
  if (verdict.kind !== "enter") throw new Error(verdict.kind);
  const run = startRun({ version, id: "r", profileId, entryKey: verdict.entryKey, event: first });
  const entered = decide({ version, run, signal: { kind: "entered", at: T0, event: first }, facts, now: T0 });
  const at = second.receivedAt;
  return decide({ version, run: entered.run, signal: { kind: "event", at, event: second }, facts, now: at });
}

function measure(name: string, work: () => unknown): void {
  const rounds = 200_000;
  for (let i = 0; i < rounds; i++) work();
  const started = performance.now();
  for (let i = 0; i < rounds; i++) work();
  const micros = ((performance.now() - started) * 1_000) / rounds;
  process.stdout.write(`${name.padEnd(44)} ${micros.toFixed(2)} µs\n`);
}

const ended = journey();
if (ended.run.outcome !== "finished" || ended.run.seq !== 4) throw new Error("the journey did not run to its end");

measure("whole journey: entry and two decisions", journey);
measure("event that nobody waits for", () =>
  decide({ version, run: ended.run, signal: { kind: "event", at: T0, event: first }, facts, now: T0 }),
);

const sending = compileJourney(
  {
    ...definition,
    start: "mail",
    nodes: {
      mail: {
        type: "send",
        connection: "mail",
        action: "send",
        input: { subject: "Hello", text: "…" },
        outcome: { policy: "continue" },
        next: "done",
      },
      done: { type: "end", outcome: "sent" },
    },
  },
  { version: 1, journeyId: "j", catalog },
);
const fresh = startRun({ version: sending, id: "r", profileId, entryKey: "", event: first });
measure("send and end, gate included", () =>
  decide({ version: sending, run: fresh, signal: { kind: "entered", at: T0, event: first }, facts, now: T0 }),
);

const calendar = compileJourney(
  {
    ...definition,
    start: "pause",
    nodes: { pause: { type: "delay", for: "P2D", next: "done" }, done: { type: "end", outcome: "x" } },
  },
  { version: 1, journeyId: "j", catalog },
);
const paused = startRun({ version: calendar, id: "r", profileId, entryKey: "", event: first });
measure("calendar delay of two days", () =>
  decide({ version: calendar, run: paused, signal: { kind: "entered", at: T0, event: first }, facts, now: T0 }),
);
