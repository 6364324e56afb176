import { receiptKinds } from "./contract/receipt.ts";
import type { Problem } from "./errors.ts";
import { jsonPointer } from "./json-pointer.ts";
import { pluginProblem } from "./plugin-problem.ts";
import { findSchemaDef } from "./schema-kind.ts";

const LONGEST_EVENT_NAME = 200;
const SHORTEST_POLL_MS = 1_000;
const LONGEST_POLL_MS = 86_400_000;
const kinds: readonly unknown[] = receiptKinds;

interface IncomingFields {
  readonly events?: unknown;
  readonly signals?: unknown;
  readonly poll?: unknown;
}

/** The problems of what a manifest says about facts that come in. */
export function* incomingProblems({ events, signals, poll }: IncomingFields): Generator<Problem> {
  if (events !== undefined) yield* eventProblems(events);
  if (signals !== undefined) yield* signalsProblems(signals);
  if (poll !== undefined) yield* pollProblems(poll);
}

function* eventProblems(events: unknown): Generator<Problem> {
  if (!Array.isArray(events)) {
    yield pluginProblem("manifest.bad_events", "/events");
    return;
  }
  for (const index of events.keys()) {
    const message = findEventFault(events, index);
    if (message !== undefined) yield pluginProblem("manifest.bad_events", `/events/${index}`, { message });
  }
}

function findEventFault(events: readonly unknown[], index: number): string | undefined {
  const kind = events[index];
  if (!kinds.includes(kind)) {
    return `There is no receipt of the kind ${String(kind)}; there are: ${receiptKinds.join(", ")}.`;
  }
  return events.indexOf(kind) < index ? `${String(kind)} is named twice.` : undefined;
}

function* signalsProblems(signals: unknown): Generator<Problem> {
  if (typeof signals !== "object" || signals === null || Array.isArray(signals)) {
    const message = "`signals` is an object: signals by the name of the event that each becomes.";
    yield pluginProblem("manifest.bad_signal", "/signals", { message });
    return;
  }
  for (const [name, signal] of Object.entries(signals)) {
    const pointer = jsonPointer(["signals", name]);
    const isName = name.length > 0 && name.length <= LONGEST_EVENT_NAME && !name.startsWith("$");
    if (!isName) yield pluginProblem("manifest.bad_signal_name", pointer);
    yield* signalProblems(signal, pointer);
  }
}

interface SignalFields {
  readonly title?: unknown;
  readonly data?: unknown;
  readonly resubscribes?: unknown;
}

function* signalProblems(signal: unknown, pointer: string): Generator<Problem> {
  if (typeof signal !== "object" || signal === null) {
    yield pluginProblem("manifest.bad_signal", pointer);
    return;
  }
  const { title, data, resubscribes }: SignalFields = signal;
  if (typeof title !== "string" || title.trim() === "") yield pluginProblem("manifest.bad_title", `${pointer}/title`);
  if (findSchemaDef(data)?.shape === undefined) {
    yield pluginProblem("manifest.bad_schema", `${pointer}/data`, { message: "`data` is a zod object." });
  }
  if (resubscribes !== undefined && typeof resubscribes !== "boolean") {
    yield pluginProblem("manifest.bad_signal", `${pointer}/resubscribes`, {
      message: "`resubscribes` is true or false.",
    });
  }
}

function* pollProblems(poll: unknown): Generator<Problem> {
  const everyMs = (poll as { readonly everyMs?: unknown } | null)?.everyMs;
  const isSpan = Number.isSafeInteger(everyMs) && inRange(everyMs as number);
  if (!isSpan) yield pluginProblem("manifest.bad_poll", "/poll/everyMs");
}

const inRange = (ms: number): boolean => ms >= SHORTEST_POLL_MS && ms <= LONGEST_POLL_MS;
