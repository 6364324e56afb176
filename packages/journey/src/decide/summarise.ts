import { storableText } from "@wend/plugin";
import type { Json } from "../json.ts";

const TEXT = 200;
const LIST = 20;

/** A value as a step records it: long texts are cut, and what is large is only named. */
export function summarise(value: Json): Json {
  if (typeof value === "string") return value.length > TEXT ? `${storableText(value, TEXT)}…` : value;
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) return "{…}";
  return value.length > LIST ? `[${value.length} values]` : value.map((element: Json) => summarise(element));
}
