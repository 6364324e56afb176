import { createHash } from "node:crypto";
import type { PluginManifest, Signal } from "@wend/plugin";
import { receiptSchema, signalSchema, WendError } from "@wend/plugin";
import type { z } from "zod";
import { findFaults } from "../../accept/edge/find-faults.ts";
import { isSuspect } from "../../accept/edge/suspect.ts";
import type { Fact } from "../fact.ts";

/** Whose fact it is. */
export interface FactOrigin {
  readonly manifest: PluginManifest;
  readonly connectionId: string;
}

/** A fact as its plugin told it. */
export interface ToldFact {
  readonly kind: "receipt" | "signal";
  readonly value: unknown;
}

/**
 * One fact, if the contract and the manifest allow it and the store can keep it. Throws `plugin.bad_output`, whose detail
 * names the field and the fault and repeats nothing that was told: a plugin that says what it has not declared would
 * fill journeys with events that nobody can wait for.
 */
export function parseFact({ manifest, connectionId }: FactOrigin, { kind, value }: ToldFact): Fact {
  const plain = storable(value, fieldOf);
  if (kind === "receipt") {
    const receipt = parsed(receiptSchema, plain, fieldOf);
    if (manifest.events?.includes(receipt.kind) !== true)
      throw refused(`The manifest declares no event ${receipt.kind}.`);
    return { kind, messageId: messageIdOf(connectionId, receipt.id), receipt };
  }
  const signal = parsed(signalSchema, plain, fieldOf);
  const { signals = {} } = manifest;
  const declared = Object.hasOwn(signals, signal.name) ? signals[signal.name] : undefined;
  if (!declared) throw refused("The manifest declares no signal of its name.");
  // What a schema makes of the data has to be kept as well.
  const data = storable(parsed(declared.data, signal.data, ofData), ofData) as Signal["data"];
  const fact = { kind, messageId: messageIdOf(connectionId, signal.id), signal: { ...signal, data } as Signal };
  return declared.resubscribes === true ? { ...fact, resubscribes: true } : fact;
}

// One length whatever the provider's, and no other connection's.
function messageIdOf(connectionId: string, id: string): string {
  return `fact:${connectionId}:${createHash("sha256").update(id).digest("base64url")}`;
}

// What a plugin passes on is as foreign as what a customer sends: it goes through the same edge.
function storable(value: unknown, name: NameField): unknown {
  const text = jsonOf(value);
  const bytes = Buffer.from(text);
  const [fault] = isSuspect(bytes) ? findFaults(bytes) : [];
  if (fault) throw refused(`/${name(fault.pointer.split("/")[1])}: ${fault.code}`);
  return JSON.parse(text);
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch (cause) {
    throw refused("It is no JSON.", cause);
  }
}

function parsed<T extends z.ZodType>(schema: T, value: unknown, name: NameField): z.output<T> {
  const result = answerOf(schema, value, name);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refused(`/${name(issue!.path[0])}: ${issue!.code}`);
}

// A plugin's schema may throw what it likes, a WendError too, and say in it what it was given.
function answerOf<T extends z.ZodType>(schema: T, value: unknown, name: NameField): z.ZodSafeParseResult<z.output<T>> {
  try {
    return schema.safeParse(value);
  } catch {
    throw refused(`/${name(undefined)}: Its schema throws.`);
  }
}

/** Names a field by its key, which may be a stranger's word. */
type NameField = (key: PropertyKey | undefined) => string;

const fields: readonly unknown[] = [
  "kind",
  "about",
  "id",
  "at",
  "reason",
  "machine",
  "bounce",
  "url",
  "text",
  "name",
  "data",
];
const fieldOf: NameField = (key) => (fields.includes(key) ? String(key) : "");
const ofData: NameField = () => "data";

const refused = (detail: string, cause?: unknown) => new WendError("plugin.bad_output", { detail, cause });
