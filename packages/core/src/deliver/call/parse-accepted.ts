import type { Accepted, ActionManifest } from "@wend/plugin";
import { isStorable, WendError } from "@wend/plugin";
import { writeOutput } from "./write-output.ts";

const longestProviderId = 500;

export interface ParsedAcceptance {
  readonly providerId: string | undefined;
  /** As JSON, where the action keeps it. */
  readonly output: string | null;
}

/** Throws `plugin.bad_output` for what cannot stand in a delivery's row. */
export function assertProviderId(providerId: unknown): asserts providerId is string | undefined {
  if (providerId === undefined) return;
  if (typeof providerId === "string" && providerId.length <= longestProviderId && isStorable(providerId)) return;
  throw new WendError("plugin.bad_output", { detail: "`providerId` is a plain string of at most 500 characters." });
}

/** What a handler returned, if the manifest allows it; else `plugin.bad_output`. */
export function parseAccepted(action: ActionManifest, returned: unknown): ParsedAcceptance {
  if (typeof returned !== "object" || returned === null) {
    throw new WendError("plugin.bad_output", { detail: "A handler resolves to an object with `output`." });
  }
  const { providerId, output } = returned as Partial<Accepted<unknown>>;
  assertProviderId(providerId);
  const parsed = action.output.safeParse(output);
  if (parsed.success) return { providerId, output: action.keepsOutput ? writeOutput(parsed.data) : null };
  const [issue] = parsed.error.issues;
  throw new WendError("plugin.bad_output", {
    detail: `output/${issue?.path.join("/") ?? ""}: ${issue?.message ?? ""}`,
  });
}
