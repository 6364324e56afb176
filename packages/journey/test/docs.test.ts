import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JourneyDefinition, Node, Operand, Predicate } from "../src/index.ts";
import { validateJourney } from "../src/index.ts";
import { catalog } from "./support/catalog.ts";
import { definitionOf, journeyOf } from "./support/definition.ts";

const page = readFileSync(new URL("../../../docs/journeys.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(([, text]) => JSON.parse(text!) as object);

/** A whole journey around a block of the page. */
function around(block: object): JourneyDefinition {
  if ("nodes" in block) return block as JourneyDefinition;
  if ("op" in block) return withFilter(block as Predicate);
  if (["ref", "count", "sum", "literal"].some((key) => key in block)) {
    return withFilter({ op: "exists", value: block as Operand });
  }
  const [node] = Object.values(block) as Node[];
  return typeof node === "object" && "type" in node ? journeyOf(node) : definitionOf(block);
}

const withFilter = (filter: Predicate) => definitionOf({ filter });

describe("docs/journeys.md", () => {
  test.each(blocks.map((block) => [JSON.stringify(block).slice(0, 60), block] as const))("%s… is right", (_, block) => {
    expect(validateJourney(around(block), catalog)).toEqual([]);
  });

  test("shows every node, every predicate and every way to read a value", () => {
    const words = ["delay", "waitForEvent", "split", "randomSplit", "send", "updateProfile", "webhook", "end"];
    const shown = JSON.stringify(blocks);
    for (const type of words) expect(shown).toContain(`"type":"${type}"`);
    for (const op of ["all", "not", "eq", "gte", "in", "contains", "exists", "did"])
      expect(shown).toContain(`"op":"${op}"`);
    for (const key of ["ref", "count", "sum", "literal"]) expect(shown).toContain(`"${key}":`);
    for (const heading of words) expect(page).toContain(`\n### ${heading}\n`);
  });

  test("a mistake in a block would be found", () => {
    expect(validateJourney(around({ op: "matches", left: 1, right: 1 }), catalog)).not.toEqual([]);
    expect(validateJourney(around({ pause: { type: "delay", for: "2 days", next: "done" } }), catalog)).not.toEqual([]);
    expect(validateJourney(around({ entry: { reentry: "now" } }), catalog)).not.toEqual([]);
  });
});
