import fc from "fast-check";
import { expect, test } from "vitest";
import { compileJourney, journeyProblemTable, parseJourney, validateJourney } from "../../src/index.ts";
import { catalog } from "../support/catalog.ts";
import { validDefinition } from "../support/random-journey.ts";

/** A definition in which one value, somewhere, is replaced by any JSON. */
const damaged = fc
  .tuple(validDefinition, fc.jsonValue(), fc.nat())
  .map(([definition, value, where]) => replaceAt(structuredClone(definition), where, value));

function replaceAt(root: object, where: number, value: unknown): unknown {
  const places: (readonly [object, string])[] = [];
  const visit = (parent: object) => {
    for (const [key, child] of Object.entries(parent)) {
      places.push([parent, key]);
      if (typeof child === "object" && child !== null) visit(child as object);
    }
  };
  visit(root);
  const [parent, key] = places[where % places.length]!;
  Reflect.set(parent, key, value);
  return root;
}

function isWellFormed(input: unknown): void {
  for (const { code, pointer, message, fix } of validateJourney(input, catalog)) {
    expect(journeyProblemTable).toHaveProperty([code]);
    expect(pointer === "" || pointer.startsWith("/")).toBe(true);
    expect(message.length * fix.length).toBeGreaterThan(0);
  }
}

test("any JSON gets an answer, never an exception", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), isWellFormed), { numRuns: 500 });
});

test("a definition that is wrong somewhere gets an answer, never an exception", () => {
  fc.assert(fc.property(damaged, isWellFormed), { numRuns: 500 });
});

test("what has no problem compiles", () => {
  let right = 0;
  fc.assert(
    fc.property(fc.oneof(damaged, validDefinition), (input) => {
      if (validateJourney(input, catalog).length > 0) return;
      right += 1;
      compileJourney(parseJourney(input), { version: 1, journeyId: "j", catalog });
    }),
    { numRuns: 500 },
  );
  // Otherwise nothing but broken ones would have been tried.
  expect(right).toBeGreaterThan(200);
});

test("depth that would exhaust the stack is a problem like any other", () => {
  const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as unknown;
  expect(validateJourney(deep).map(({ code }) => code)).toEqual(["journey.too_deep"]);
});
