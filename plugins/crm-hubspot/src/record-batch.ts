import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { HubspotClient } from "./client.ts";
import type { ErrorBody } from "./hubspot-error.ts";
import { readErrorBody, toItemError } from "./hubspot-error.ts";
import { parseAnswer } from "./parse-answer.ts";

/** One record to be written, known by the value of a property. */
export interface RecordWrite {
  readonly key: string;
  readonly properties: { readonly [name: string]: string };
  /** Names it in HubSpot's answer. */
  readonly traceId: string;
}

export type RecordWritten = { readonly id: string; readonly created: boolean } | { readonly error: WendError };

export interface RecordBatch {
  /** `/crm/v3/objects/contacts/batch/upsert` */
  readonly path: string;
  readonly keyProperty: string;
  readonly writes: readonly RecordWrite[];
  readonly signal: AbortSignal;
}

/** Writes records and says of each, in their order, what became of it. */
export async function writeRecords(client: HubspotClient, batch: RecordBatch): Promise<RecordWritten[]> {
  const written = new Map<RecordWrite, RecordWritten>();
  let aborted: RecordWritten | undefined;
  for (const writes of rounds(batch.writes)) {
    const outcomes = aborted === undefined ? await writeRound(client, { ...batch, writes }) : [];
    for (const [index, write] of writes.entries()) written.set(write, outcomes[index] ?? aborted!);
    if (batch.signal.aborted) aborted ??= endOfRest(outcomes);
  }
  return batch.writes.map((write) => written.get(write)!);
}

/** What becomes of those whose round was not begun: the abort says of a batch as a whole how it ended. */
function endOfRest(outcomes: readonly RecordWritten[]): RecordWritten {
  const open = outcomes.find((outcome) => "error" in outcome && outcome.error.retry === "ambiguous");
  return open ?? { error: new WendError("provider.unavailable", { detail: "Aborted before the request." }) };
}

// HubSpot refuses a batch that names a record twice; the second write comes later, so that it wins.
function rounds(writes: readonly RecordWrite[]): RecordWrite[][] {
  const split: RecordWrite[][] = [];
  const times = new Map<string, number>();
  for (const write of writes) {
    const key = fold(write.key);
    const nth = times.get(key) ?? 0;
    times.set(key, nth + 1);
    if (nth === split.length) split.push([write]);
    else split[nth]!.push(write);
  }
  return split;
}

async function writeRound(client: HubspotClient, batch: RecordBatch): Promise<readonly RecordWritten[]> {
  const { writes, path, keyProperty, signal } = batch;
  const inputs = writes.map(({ key, properties, traceId }) => ({
    id: key,
    idProperty: keyProperty,
    objectWriteTraceId: traceId,
    // The key among the properties too: by it the answer tells the records apart.
    properties: { ...properties, [keyProperty]: key },
  }));
  try {
    return matchAnswer(batch, await client.write({ method: "POST", path, body: { inputs }, signal }));
  } catch (error) {
    if (!(error instanceof WendError)) throw error;
    if (error.code === "provider.rejected" && writes.length > 1) return writeHalves(client, batch);
    return writes.map(() => ({ error }));
  }
}

// Refused as a whole for one of its records: that one is found, the others are written.
async function writeHalves(client: HubspotClient, batch: RecordBatch): Promise<readonly RecordWritten[]> {
  const middle = Math.ceil(batch.writes.length / 2);
  const first = await writeRound(client, { ...batch, writes: batch.writes.slice(0, middle) });
  return [...first, ...(await writeRound(client, { ...batch, writes: batch.writes.slice(middle) }))];
}

const batchAnswer = z.object({
  results: z.array(
    z.object({
      id: z.string().min(1),
      new: z.boolean().optional(),
      objectWriteTraceId: z.string().optional(),
      // Only its key is ever looked at, and that only where there is no trace id.
      properties: z.custom<{ readonly [name: string]: unknown }>(
        (value) => typeof value === "object" && value !== null,
      ),
    }),
  ),
  errors: z.array(z.unknown()).default([]),
});

function matchAnswer({ writes, keyProperty }: RecordBatch, body: unknown): readonly RecordWritten[] {
  const { results, errors } = parseAnswer(batchAnswer, body);
  const outcomes = new Map<string, RecordWritten>();
  let traces: Map<string, string> | undefined;
  // Where each record says its trace id nobody asks.
  const traceOf = () => {
    traces ??= new Map(writes.map(({ key, traceId }) => [fold(key), traceId]));
    return traces;
  };
  for (const said of errors.map(readErrorBody)) {
    for (const traceId of namedBy(said, traceOf())) outcomes.set(traceId, { error: toItemError(said) });
  }
  for (const { id, new: created = false, objectWriteTraceId, properties } of results) {
    const traceId = objectWriteTraceId ?? traceOf().get(fold(String(properties[keyProperty] ?? "")));
    if (traceId !== undefined) outcomes.set(traceId, { id, created });
  }
  return writes.map(({ traceId }) => outcomes.get(traceId) ?? { error: untold() });
}

/** Whom an error of a batch is about: HubSpot names records by trace id, or, when it finds none, by what was asked for. */
function namedBy({ context }: ErrorBody, traceOf: ReadonlyMap<string, string>): readonly string[] {
  const ids = context?.ids?.flatMap((key) => traceOf.get(fold(key)) ?? []);
  return context?.objectWriteTraceId ?? ids ?? (traceOf.size === 1 ? [...traceOf.values()] : []);
}

const untold = () => new WendError("provider.unknown_outcome", { detail: "HubSpot's answer does not tell of it." });

// HubSpot compares e-mail addresses and other keys without regard to case.
const fold = (key: string) => key.trim().toLowerCase();
