import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Facts } from "../contract/incoming.ts";
import type { PluginManifest } from "../contract/manifest.ts";
import type { Receipt } from "../contract/receipt.ts";
import { receiptSchema } from "../contract/receipt.ts";
import type { Signal } from "../contract/signal.ts";
import { signalSchema } from "../contract/signal.ts";

/** Facts with every field that the host reads, and none besides; each once. */
export interface ParsedFacts {
  readonly receipts: readonly Receipt[];
  readonly signals: readonly Signal[];
}

/** The facts as the host would take them; fails when it would not, or would lose one. */
export function parseFacts({ events = [], signals = {} }: PluginManifest, facts: Facts): ParsedFacts {
  const parsed = {
    receipts: eachOnce(facts.receipts ?? []).map((receipt) => taken(receiptSchema, receipt, "a receipt")),
    signals: eachOnce(facts.signals ?? []).map((signal) => taken(signalSchema, signal, "a signal")),
  };
  for (const { kind } of parsed.receipts) {
    assert.ok(events.includes(kind), `a receipt is of the kind ${kind}, which the manifest's events do not name`);
  }
  for (const { name, data } of parsed.signals) {
    const declared = Object.hasOwn(signals, name) ? signals[name] : undefined;
    assert.ok(declared !== undefined, `the manifest declares no signal ${name}`);
    taken(declared.data, data, `the data of ${name}`);
  }
  // The host knows a fact by its id alone, whether it is a receipt or a signal.
  const ids = [...parsed.receipts, ...parsed.signals].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, `two facts have one id: ${ids.join(", ")}`);
  return parsed as ParsedFacts;
}

/** The ids of all facts, in order. */
export function idsOf({ receipts, signals }: ParsedFacts): string[] {
  return [...receipts, ...signals].map(({ id }) => id);
}

const eachOnce = <Fact>(facts: readonly Fact[]): Fact[] =>
  facts.filter((fact, index) => facts.findIndex((other) => isDeepStrictEqual(other, fact)) === index);

function taken<Value>(schema: z.ZodType<Value>, value: unknown, what: string): Value {
  const { success, data, error } = schema.safeParse(stored(value, what));
  assert.ok(success, `${what} does not parse: ${error === undefined ? "" : z.prettifyError(error)}`);
  return data;
}

/** What is left of it as JSON; fails at a text that no store can keep. */
function stored(value: unknown, what: string): unknown {
  return JSON.parse(JSON.stringify(value) ?? "null", (key, held: unknown) => {
    for (const text of [key, held].filter((one) => typeof one === "string")) {
      assert.ok(!text.includes("\0"), `${what} holds a NUL: ${JSON.stringify(text)}`);
      assert.ok(text.isWellFormed(), `${what} holds half of a character: ${JSON.stringify(text)}`);
    }
    return held;
  });
}
