import { WendError } from "@wend/plugin";
import type { Catalog } from "../language/catalog.ts";
import type { JourneyProblem } from "./problem.ts";

/** All problems of a definition at once; none means it can be published. Never throws on JSON. */
export function validateJourney(input: unknown, catalog?: Catalog): JourneyProblem[] {
  throw new WendError("internal.unexpected", { detail: String([input, catalog]) });
}
