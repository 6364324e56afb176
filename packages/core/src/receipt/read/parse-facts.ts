import type { Facts, PluginManifest } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { z } from "zod";
import type { Fact } from "../fact.ts";
import { parseFact } from "./parse-fact.ts";

/** What a plugin has told, as far as it can be stored. */
export interface ParsedFacts {
  readonly facts: readonly Fact[];
  /** Why each of the others was let go; nothing of what it said. */
  readonly refused: readonly string[];
}

const lists = z.object({
  receipts: z.array(z.unknown()).max(10_000).default([]),
  signals: z.array(z.unknown()).max(10_000).default([]),
});

/**
 * Holds what a plugin brings in to the contract and to its own manifest, each fact by itself: whatever a stranger wrote
 * into one must not hold up the others, nor what comes behind them. Throws `plugin.bad_output` when there are no lists.
 */
export function parseFacts(manifest: PluginManifest, connectionId: string, given: Facts): ParsedFacts {
  const { receipts, signals } = listsOf(given);
  const told = [
    ...receipts.map((value) => ({ kind: "receipt" as const, value })),
    ...signals.map((value) => ({ kind: "signal" as const, value })),
  ];
  const facts: Fact[] = [];
  const refused: string[] = [];
  for (const one of told) {
    try {
      facts.push(parseFact({ manifest, connectionId }, one));
    } catch (error) {
      refused.push(whyOf(error));
    }
  }
  return { facts, refused };
}

function listsOf(given: Facts): z.infer<typeof lists> {
  const { success, data, error } = lists.safeParse(given ?? {});
  if (success) return data;
  const [issue] = error.issues;
  throw new WendError("plugin.bad_output", { detail: `/${issue!.path.join("/")}: ${issue!.message}` });
}

// No code of the plugin's throws here: whatever has a detail is our own refusal.
const whyOf = (error: unknown): string =>
  (error instanceof WendError ? error.detail : undefined) ?? "It could not be read.";
