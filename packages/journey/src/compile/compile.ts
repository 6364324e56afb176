import { WendError } from "@wend/plugin";
import type { Catalog } from "../language/catalog.ts";
import type { JourneyDefinition } from "../language/definition.ts";
import type { CompiledVersion } from "./types.ts";

export interface CompileOptions {
  readonly version: number;
  readonly journeyId: string;
  readonly catalog: Catalog;
}

/** Compiles a definition that `validateJourney` found no problem in. Throws `journey.invalid` on a dangling edge. */
export function compileJourney(definition: JourneyDefinition, options: CompileOptions): CompiledVersion {
  throw new WendError("internal.unexpected", { detail: String([definition, options]) });
}
