import { createHash } from "node:crypto";
import type { Facts, PluginManifest, Signal } from "@wend/plugin";
import { receiptSchema, signalSchema, WendError } from "@wend/plugin";
import { z } from "zod";
import { findFaults } from "../../accept/edge/find-faults.ts";
import { isSuspect } from "../../accept/edge/suspect.ts";
import type { Fact } from "../fact.ts";

const factsSchema = z.object({
  receipts: z.array(receiptSchema).max(10_000).default([]),
  signals: z.array(signalSchema).max(10_000).default([]),
});

/**
 * Holds what a plugin brings in to the contract and to its own manifest. Throws `plugin.bad_output`: a plugin that says
 * what it has not declared would fill journeys with events that nobody can wait for.
 */
export function parseFacts(manifest: PluginManifest, connectionId: string, given: Facts): Fact[] {
  const { receipts, signals } = parsed(factsSchema, storable(given));
  const idOf = (id: string) => messageIdOf(connectionId, id);
  return [
    ...receipts.map((receipt): Fact => {
      if (manifest.events?.includes(receipt.kind) !== true) {
        throw badOutput(`The manifest declares no event ${receipt.kind}.`);
      }
      return { kind: "receipt", messageId: idOf(receipt.id), receipt };
    }),
    ...signals.map((signal): Fact => {
      const declared = manifest.signals?.[signal.name];
      if (!declared) throw badOutput(`The manifest declares no signal ${signal.name}.`);
      const data = parsed(declared.data, signal.data);
      const fact = { kind: "signal", messageId: idOf(signal.id), signal: { ...signal, data } as Signal } as const;
      return declared.resubscribes === true ? { ...fact, resubscribes: true } : fact;
    }),
  ];
}

// One length whatever the provider's, and no other connection's.
function messageIdOf(connectionId: string, id: string): string {
  return `fact:${connectionId}:${createHash("sha256").update(id).digest("base64url")}`;
}

// What a plugin passes on is as foreign as what a customer sends: it goes through the same edge.
function storable(given: Facts): unknown {
  const { receipts = [], signals = [] } = given ?? {};
  const text = jsonOf({ receipts, signals });
  const bytes = Buffer.from(text);
  const [fault] = isSuspect(bytes) ? findFaults(bytes) : [];
  if (fault) throw badOutput(`It holds what no store can keep: ${fault.code} at ${fault.pointer}.`);
  return JSON.parse(text);
}

function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw badOutput("It is no JSON.", cause);
  }
}

function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw badOutput(`/${issue!.path.map(String).join("/")}: ${issue!.message}`);
}

const badOutput = (detail: string, cause?: unknown) => new WendError("plugin.bad_output", { detail, cause });
