import type { Tx } from "@wend/core";
import { loadProfile } from "@wend/core";
import type { JsonObject } from "@wend/journey";
import { profileName } from "../profiles/name.ts";

interface Asked {
  readonly id?: string | undefined;
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
  readonly traits?: JsonObject | undefined;
}

/** What templates read as `profile`: a stored one, a sample, or nothing. Throws `profile.not_found`. */
export async function profileForTest(tx: Tx, asked: Asked | undefined): Promise<JsonObject> {
  if (asked === undefined) return {};
  if (asked.traits !== undefined) return asked.traits;
  const { id, traits } = await loadProfile(tx, profileName(asked));
  return { ...traits, id };
}
