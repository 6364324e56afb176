import type { ActionManifest } from "./contract/action.ts";
import type { PluginManifest } from "./contract/manifest.ts";
import type { SignalManifest } from "./contract/signal.ts";
import type { Problem } from "./errors.ts";
import { jsonPointer } from "./json-pointer.ts";
import { pluginProblem } from "./plugin-problem.ts";
import type { KeyOf } from "./stray-key.ts";

/** A field is a leaf, or an object whose fields are known too. */
interface Fields {
  readonly [field: string]: true | Fields;
}
// Held to the types of the contract: the compiler misses a field that is not here.
type FieldsOf<Type> = { readonly [Field in KeyOf<NonNullable<Type>>]: true | Fields };

const action = {
  title: true,
  input: true,
  output: true,
  channel: true,
  purpose: true,
  address: true,
  addressOnly: true,
  dedupe: { by: true, windowMs: true, windowField: true, settleMs: true } satisfies FieldsOf<ActionManifest["dedupe"]>,
  templates: true,
  keepsOutput: true,
  batch: { size: true } satisfies FieldsOf<ActionManifest["batch"]>,
  rateLimit: { perSecond: true } satisfies FieldsOf<ActionManifest["rateLimit"]>,
  timeoutMs: true,
} satisfies FieldsOf<ActionManifest>;

const signal = { title: true, data: true, resubscribes: true } satisfies FieldsOf<SignalManifest>;

const manifest = {
  id: true,
  version: true,
  contract: true,
  config: true,
  secrets: true,
  actions: true,
  events: true,
  signals: true,
  poll: { everyMs: true } satisfies FieldsOf<PluginManifest["poll"]>,
  recording: true,
} satisfies FieldsOf<PluginManifest>;

/**
 * A problem for each field of a manifest that the contract does not know: misspelt, one that may be left out would be as
 * if it were not there.
 */
export function* unknownFields(candidate: object): Generator<Problem> {
  yield* strays(candidate, { path: [], known: manifest });
  const { actions, signals }: { readonly actions?: unknown; readonly signals?: unknown } = candidate;
  for (const [name, held] of entriesOf(actions)) yield* strays(held, { path: ["actions", name], known: action });
  for (const [name, held] of entriesOf(signals)) yield* strays(held, { path: ["signals", name], known: signal });
}

function* strays(
  candidate: unknown,
  { path, known }: { readonly path: readonly string[]; readonly known: Fields },
): Generator<Problem> {
  for (const [name, held] of entriesOf(candidate)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined) {
      const message = `There is no field ${name}; there are: ${Object.keys(known).join(", ")}.`;
      yield pluginProblem("manifest.unknown_field", jsonPointer([...path, name]), { message });
    } else if (field !== true) {
      yield* strays(held, { path: [...path, name], known: field });
    }
  }
}

// What is no object where one belongs is told by whoever reads that field.
const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
