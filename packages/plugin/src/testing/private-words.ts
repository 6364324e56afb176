import assert from "node:assert/strict";
import { WendError } from "../errors.ts";
import type { OpenConnection } from "./open-connection.ts";
import type { PluginTestSetup } from "./test-plugin.ts";

/** Too short to be told from the words of an error itself. */
const SHORTEST_TEXT = 5;

/** What a connection keeps to itself: its secrets, and what it is called with of a customer. */
export interface PrivateWords {
  readonly secrets: readonly string[];
  readonly address: readonly string[];
  /** The texts of the call's input. */
  readonly texts: readonly string[];
}

export function privateWords({ plugin, calls }: PluginTestSetup, open: OpenConnection, action: string): PrivateWords {
  const { input, address } = calls[action] ?? { input: {} };
  const secrets = (plugin.manifest.secrets ?? []).map((name) => open.provider.config[name]);
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  return {
    secrets: secrets.filter(isText),
    address: [address].filter(isText),
    texts: textsOf(input).filter((text) => text.length >= SHORTEST_TEXT),
  };
}

/** Fails when what is kept of an error, and shown to whoever asks for the delivery, holds one of the words. */
export function expectDiscreet(error: unknown, { secrets, address, texts }: PrivateWords): void {
  if (!(error instanceof WendError)) return;
  const { detail = "", pointer = "", problems = [] } = error;
  const told = JSON.stringify([detail, pointer, problems]);
  const holds = (words: readonly string[]) => words.some((word) => told.includes(JSON.stringify(word).slice(1, -1)));
  assert.ok(!holds(secrets), `the detail of ${error.code} holds a secret`);
  assert.ok(!holds(address), `the detail of ${error.code} holds the address`);
  assert.ok(!holds(texts), `the detail of ${error.code} holds a text of the input`);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
