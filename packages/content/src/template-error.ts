import { storableText, WendError } from "@wend/plugin";
import { LiquidError } from "liquidjs";

export function parseError(error: unknown): WendError {
  return new WendError("content.invalid_template", { detail: detailOf(error), cause: error });
}

/** What a render threw; an abort keeps its own code. */
export function renderError(error: unknown): WendError {
  const inner = error instanceof LiquidError ? error.originalError : error;
  if (inner instanceof WendError) return inner;
  return new WendError("content.render_failed", { detail: detailOf(error), cause: error });
}

// The first line names the fault and its line; the rest quotes the template.
function detailOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return storableText(message, 300);
}
