import type {
  Decision,
  DeliveryOutcome,
  EventFact,
  Facts,
  JourneyDefinition,
  JsonObject,
  RunState,
  Signal,
} from "../../src/index.ts";
import { compileJourney, decide, startRun } from "../../src/index.ts";
import { catalog } from "./catalog.ts";
import type { FactsInput } from "./facts.ts";
import { eventAt, factsOf, profileId, T0 } from "./facts.ts";

/** One run of a journey, played signal by signal; it remembers what a store would. */
export interface Player {
  readonly run: RunState;
  readonly traits: JsonObject;
  /** `node outcome` of every step so far. */
  readonly path: readonly string[];
  enter(properties?: JsonObject): Decision;
  event(at: number, name: string, properties?: JsonObject): Decision;
  timer(at?: number): Decision;
  outcome(outcome: DeliveryOutcome, seq?: number): Decision;
  signal(signal: Signal): Decision;
  /** Changes the profile from outside. */
  set(traits: JsonObject): void;
}

export function play(definition: JourneyDefinition, known: FactsInput = {}): Player {
  const version = compileJourney(definition, { version: 1, journeyId: "j1", catalog });
  const entry = eventAt(T0, "Signed Up");
  const history: EventFact[] = [...(known.history ?? [])];
  const path: string[] = [];
  let traits: JsonObject = factsOf(known).profile.traits;
  let run = startRun({ version, id: "r1", profileId, entryKey: "", event: entry });

  function apply(signal: Signal): Decision {
    if (signal.kind === "event" || signal.kind === "entered") history.push(signal.event);
    const facts: Facts = { ...factsOf({ entry, ...known, history }), profile: { id: profileId, traits } };
    const decision = decide({ version, run, signal, facts, now: signal.at });
    run = decision.run;
    traits = decision.traits ?? traits;
    for (const step of decision.steps) path.push(`${step.nodeId} ${step.outcome}`);
    return decision;
  }

  return {
    get run() {
      return run;
    },
    get traits() {
      return traits;
    },
    path,
    enter: (properties) => {
      const event = properties === undefined ? entry : { ...entry, properties };
      return apply({ kind: "entered", at: event.receivedAt, event });
    },
    event: (at, name, properties) => apply({ kind: "event", at, event: eventAt(at, name, properties) }),
    timer: (at = run.wakeAt ?? T0) => apply({ kind: "timer", at }),
    outcome: (outcome, seq = run.seq) => apply({ kind: "outcome", at: run.since + 1_000, seq, outcome }),
    signal: apply,
    set: (changes) => {
      traits = { ...traits, ...changes };
    },
  };
}
