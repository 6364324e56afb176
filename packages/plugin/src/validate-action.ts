import type { Problem } from "./errors.ts";
import { pluginProblem } from "./plugin-problem.ts";
import { findSchemaDef, kindsOf } from "./schema-kind.ts";

const CHANNEL = /^[a-z][a-z0-9-]{0,31}$/;
const purposes: readonly unknown[] = ["promotional", "transactional", "mandatory"];
const addressKinds: readonly unknown[] = ["email", "phone", "push", "crm", "support"];
const MAX_TIMEOUT_MS = 600_000;
const MAX_BATCH_SIZE = 1_000;

// Which kinds of field a template of that kind can fill once it is rendered.
const fillable: { readonly [kind: string]: readonly string[] } = {
  text: ["string", "any", "unknown"],
  html: ["string", "any", "unknown"],
  mjml: ["string", "any", "unknown"],
  json: ["string", "any", "unknown", "object", "record", "array", "tuple"],
};

interface Place {
  readonly pointer: string;
  readonly configShape: { readonly [field: string]: unknown };
}

interface ActionFields {
  readonly title?: unknown;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly channel?: unknown;
  readonly purpose?: unknown;
  readonly address?: unknown;
  readonly addressOnly?: unknown;
  readonly dedupe?: unknown;
  readonly templates?: unknown;
  readonly batch?: unknown;
  readonly rateLimit?: unknown;
  readonly timeoutMs?: unknown;
  readonly keepsOutput?: unknown;
}

/** The problems of one action; `pointer` is the action's own. */
export function* validateAction(action: unknown, place: Place): Generator<Problem> {
  if (typeof action !== "object" || action === null) {
    yield pluginProblem("manifest.bad_action", place.pointer);
    return;
  }
  const fields: ActionFields = action;
  yield* schemaProblems(fields, place.pointer);
  yield* wordProblems(fields, place.pointer);
  yield* addressProblems(fields, place.pointer);
  yield* dedupeProblems(fields.dedupe, { ...place, pointer: `${place.pointer}/dedupe` });
  yield* templateProblems(fields, `${place.pointer}/templates`);
  yield* batchProblems(fields, place.pointer);
  yield* limitProblems(fields, place.pointer);
  if (fields.keepsOutput !== undefined && typeof fields.keepsOutput !== "boolean") {
    yield pluginProblem("manifest.bad_keeps_output", `${place.pointer}/keepsOutput`);
  }
}

function* schemaProblems({ input, output }: ActionFields, pointer: string): Generator<Problem> {
  if (findSchemaDef(input)?.shape === undefined) {
    yield pluginProblem("manifest.bad_schema", `${pointer}/input`, { message: "`input` is a zod object." });
  }
  if (findSchemaDef(output) === undefined) {
    yield pluginProblem("manifest.bad_schema", `${pointer}/output`, { message: "`output` is a zod schema." });
  }
}

function* wordProblems({ title, channel, purpose }: ActionFields, pointer: string): Generator<Problem> {
  if (typeof title !== "string" || title.trim() === "") yield pluginProblem("manifest.bad_title", `${pointer}/title`);
  if (typeof channel !== "string" || !CHANNEL.test(channel)) {
    yield pluginProblem("manifest.bad_channel", `${pointer}/channel`);
  }
  if (!purposes.includes(purpose)) yield pluginProblem("manifest.bad_purpose", `${pointer}/purpose`);
}

function* addressProblems({ address, addressOnly }: ActionFields, pointer: string): Generator<Problem> {
  if (address !== undefined && !addressKinds.includes(address)) {
    yield pluginProblem("manifest.bad_address", `${pointer}/address`);
  }
  const isSaid = addressOnly !== undefined && addressOnly !== false;
  if (isSaid && (addressOnly !== true || address === undefined)) {
    yield pluginProblem("manifest.bad_address_only", `${pointer}/addressOnly`);
  }
}

function* dedupeProblems(dedupe: unknown, place: Place): Generator<Problem> {
  const declared = (dedupe ?? {}) as Record<string, unknown>;
  const { by, settleMs } = declared;
  if (by === "key") {
    yield* windowProblems(declared, place);
  } else if (by === "lookup") {
    if (!isWhole(settleMs)) yield badDedupe("`settleMs` is a whole number, 0 or more.", `${place.pointer}/settleMs`);
  } else if (by !== "natural" && by !== "none") {
    yield badDedupe("Every action says what makes a repeated call safe.", place.pointer);
  }
}

function* windowProblems(
  { windowMs, windowField }: Record<string, unknown>,
  { pointer, configShape }: Place,
): Generator<Problem> {
  const isSaid = windowMs !== undefined || windowField === undefined;
  if (isSaid && (!isWhole(windowMs) || windowMs === 0)) {
    yield badDedupe("`windowMs` is a whole number above 0.", `${pointer}/windowMs`);
  }
  const field = typeof windowField === "string" ? configShape[windowField] : undefined;
  if (windowField !== undefined && !kindsOf(field).includes("number")) {
    yield badDedupe("`windowField` names a number field of `config`.", `${pointer}/windowField`);
  }
}

const badDedupe = (message: string, pointer: string) => pluginProblem("manifest.bad_dedupe", pointer, { message });

function* templateProblems({ templates, input }: ActionFields, pointer: string): Generator<Problem> {
  const shape = findSchemaDef(input)?.shape;
  if (templates === undefined || shape === undefined) return;
  for (const [field, kind] of Object.entries(templates as object)) {
    const at = `${pointer}/${field}`;
    const kinds = fillable[String(kind)];
    if (kinds === undefined) {
      yield badTemplate("A template is of kind text, html, mjml or json.", at);
    } else if (!Object.hasOwn(shape, field)) {
      yield badTemplate(`\`input\` has no field ${field}.`, at);
    } else if (!kindsOf(shape[field]).some((kindOfField) => kinds.includes(kindOfField))) {
      yield badTemplate(`A template of kind ${String(kind)} cannot fill \`input.${field}\`.`, at);
    }
  }
}

const badTemplate = (message: string, pointer: string) => pluginProblem("manifest.bad_template", pointer, { message });

function* batchProblems({ batch }: ActionFields, pointer: string): Generator<Problem> {
  const size = (batch as { size?: unknown } | null | undefined)?.size;
  if (batch !== undefined && (!isWhole(size) || size === 0 || size > MAX_BATCH_SIZE)) {
    yield pluginProblem("manifest.bad_batch", `${pointer}/batch/size`);
  }
}

function* limitProblems({ rateLimit, timeoutMs }: ActionFields, pointer: string): Generator<Problem> {
  const perSecond = (rateLimit as { perSecond?: unknown } | undefined)?.perSecond;
  if (rateLimit !== undefined && !(typeof perSecond === "number" && Number.isFinite(perSecond) && perSecond > 0)) {
    yield badLimit("A rate is a number above 0.", `${pointer}/rateLimit/perSecond`);
  }
  if (timeoutMs !== undefined && (!isWhole(timeoutMs) || timeoutMs === 0 || timeoutMs > MAX_TIMEOUT_MS)) {
    const message = `A timeout is a whole number of milliseconds from 1 to ${MAX_TIMEOUT_MS}.`;
    yield badLimit(message, `${pointer}/timeoutMs`);
  }
}

const badLimit = (message: string, pointer: string) => pluginProblem("manifest.bad_limit", pointer, { message });

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
