/**
 * What makes a repeated call safe. The host asks for it whenever the outcome of a call is not known.
 *
 * - `key`: the provider acts once per idempotency key for `windowMs` after the first call. `windowField` names
 *   a number field of `config` that says it for one connection; 0 there means the provider ignores the key.
 * - `lookup`: the provider can be asked what became of a key, `settleMs` after the call ended.
 * - `natural`: repeating the call changes nothing (an upsert).
 * - `none`: neither; the connection states `onUnknown` and the host never repeats blindly.
 */
export type Dedupe =
  | { readonly by: "key"; readonly windowMs: number; readonly windowField?: string }
  | { readonly by: "lookup"; readonly settleMs: number }
  | { readonly by: "natural" }
  | { readonly by: "none" };

/** The dedupe of an action on one connection: `windowField` is read from its parsed config. */
export function resolveDedupe(dedupe: Dedupe, config: { readonly [field: string]: unknown }): Dedupe {
  if (dedupe.by !== "key" || dedupe.windowField === undefined) return dedupe;
  const windowMs = config[dedupe.windowField];
  if (typeof windowMs !== "number") return { by: "key", windowMs: dedupe.windowMs };
  return windowMs > 0 ? { by: "key", windowMs } : { by: "none" };
}
