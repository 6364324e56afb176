import { WendError } from "@wend/plugin";
import type { Catalog } from "../language/catalog.ts";
import type { JourneyDefinition } from "../language/definition.ts";
import { validateJourney } from "./validate.ts";

/** Unknown input as a definition, or throws `journey.invalid` with all problems. */
export function parseJourney(input: unknown, catalog?: Catalog): JourneyDefinition {
  const problems = validateJourney(input, catalog);
  if (problems.length > 0) throw new WendError("journey.invalid", { pointer: problems[0]!.pointer, problems });
  return input as JourneyDefinition;
}
