import type { JourneyProblem } from "./problem.ts";
import { createProblem } from "./problem.ts";
import { getOwn, getPath } from "./raw.ts";

/** An entry key tells runs apart by something the event or the profile carries, so it has to be a reference. */
export function findEntryKeyProblems(input: unknown): JourneyProblem[] {
  const key = getPath(input, ["entry", "key"]);
  if (key === undefined || typeof getOwn(key, "ref") === "string") return [];
  return [createProblem("journey.bad_entry_key", ["entry", "key"])];
}
