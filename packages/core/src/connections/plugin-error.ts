import { errorTable, WendError } from "@wend/plugin";
import { readForeign } from "./read-foreign.ts";

/**
 * What a plugin's WendError says of itself, read once, without its cause. `undefined` for whatever else a plugin throws,
 * and for one that it made by hand, of a code or a detail that are none.
 */
export function readPluginError(thrown: unknown): WendError | undefined {
  return readForeign(() => (thrown instanceof WendError ? copyOf(thrown) : undefined));
}

function copyOf({ code, detail, pointer, problems, retryAfterMs }: WendError): WendError | undefined {
  if (typeof code !== "string" || !Object.hasOwn(errorTable, code)) return undefined;
  if (detail !== undefined && typeof detail !== "string") return undefined;
  return new WendError(code, {
    ...(detail !== undefined && { detail }),
    ...(typeof pointer === "string" && { pointer }),
    ...(problems !== undefined && { problems: structuredClone(problems) }),
    ...(typeof retryAfterMs === "number" && { retryAfterMs }),
  });
}
