import type { JsonObject } from "@wend/journey";
import { z } from "zod";

/** A JSON object of an answer; it comes out of the store, so nothing is left to check. */
export const jsonObject = z.custom<JsonObject>().meta({ type: "object" });

/** A JSON object of an input, typed as its reader wants it. */
export const jsonInput = <T extends object = JsonObject>() =>
  z.custom<T>(isObject, "Invalid input: expected object").meta({ type: "object" });

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
