import type { Catalog, JourneyDefinition } from "@wend/journey";
import { validateJourney } from "@wend/journey";
import type { Problem } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { findTemplateProblems } from "./template-problems.ts";

// What is too deep or too large to be checked must not be walked for its templates either.
const unbounded: ReadonlySet<string> = new Set(["journey.too_deep", "journey.too_large"]);

/** All problems of a definition at once, those of its templates among them; none means that it can be published. */
export function checkDefinition(definition: unknown, catalog: Catalog): Problem[] {
  const problems: Problem[] = validateJourney(definition, catalog);
  if (problems.some(({ code }) => unbounded.has(code))) return problems;
  return [...problems, ...findTemplateProblems(definition, catalog)];
}

/** The definition, checked; throws `journey.invalid` with all problems. */
export function parseDefinition(definition: unknown, catalog: Catalog): JourneyDefinition {
  const problems = checkDefinition(definition, catalog);
  if (problems.length > 0) throw new WendError("journey.invalid", { pointer: problems[0]!.pointer, problems });
  return definition as JourneyDefinition;
}
