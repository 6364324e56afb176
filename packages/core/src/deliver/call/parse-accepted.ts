import type { Accepted, ActionManifest } from "@wend/plugin";
import { WendError } from "@wend/plugin";

const longestProviderId = 500;

/** What a handler returned, if the manifest allows it; else `plugin.bad_output`. */
export function parseAccepted(action: ActionManifest, returned: unknown): { providerId: string | undefined } {
  if (typeof returned !== "object" || returned === null) {
    throw new WendError("plugin.bad_output", { detail: "A handler resolves to an object with `output`." });
  }
  const { providerId, output } = returned as Partial<Accepted<unknown>>;
  if (providerId !== undefined && (typeof providerId !== "string" || providerId.length > longestProviderId)) {
    throw new WendError("plugin.bad_output", { detail: "`providerId` is a string of at most 500 characters." });
  }
  const parsed = action.output.safeParse(output);
  if (parsed.success) return { providerId };
  const [issue] = parsed.error.issues;
  throw new WendError("plugin.bad_output", {
    detail: `output/${issue?.path.join("/") ?? ""}: ${issue?.message ?? ""}`,
  });
}
