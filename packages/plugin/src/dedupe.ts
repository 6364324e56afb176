/**
 * What makes a repeated call safe. The host asks for it whenever the outcome of a call is not known.
 *
 * - `key`: the provider acts once per idempotency key for `windowMs` after the first call. `windowField` names
 *   a number field of `config` that says it for one connection; 0 there means the provider ignores the key. Without
 *   `windowMs` only that field says it, and a connection that leaves it out has `none`: for a plugin that calls
 *   whatever server an operator names.
 * - `lookup`: the provider can be asked what became of a key, `settleMs` after the call ended.
 * - `natural`: repeating the call changes nothing (an upsert).
 * - `none`: neither; the connection states `onUnknown` and the host never repeats blindly.
 */
export type Dedupe =
  | { readonly by: "key"; readonly windowMs: number; readonly windowField?: string }
  | { readonly by: "key"; readonly windowMs?: never; readonly windowField: string }
  | Exclude<ResolvedDedupe, { by: "key" }>;

/** The dedupe of an action on one connection. */
export type ResolvedDedupe =
  | { readonly by: "key"; readonly windowMs: number }
  | { readonly by: "lookup"; readonly settleMs: number }
  | { readonly by: "natural" }
  | { readonly by: "none" };

/** The dedupe of an action on one connection: `windowField` is read from its parsed config. */
export function resolveDedupe(dedupe: Dedupe, config: { readonly [field: string]: unknown }): ResolvedDedupe {
  if (dedupe.by !== "key") return dedupe;
  const configured = dedupe.windowField === undefined ? undefined : config[dedupe.windowField];
  const windowMs = typeof configured === "number" ? configured : dedupe.windowMs;
  return windowMs !== undefined && windowMs > 0 ? { by: "key", windowMs } : { by: "none" };
}
