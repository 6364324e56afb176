import type { ErrorCode } from "@wend/plugin";
import { WendError } from "@wend/plugin";

/** What the provider says beside an `ok: false`, where it will pass or is ours to mend. */
export const apiErrors: { readonly [error: string]: ErrorCode } = {
  account_inactive: "provider.unauthorized",
  invalid_auth: "provider.unauthorized",
  missing_scope: "provider.unauthorized",
  not_authed: "provider.unauthorized",
  token_expired: "provider.unauthorized",
  token_revoked: "provider.unauthorized",
  rate_limited: "provider.rate_limited",
  ratelimited: "provider.rate_limited",
  service_unavailable: "provider.unavailable",
  team_added_to_org: "provider.unavailable",
  // Of these the provider says that part of the call may have been done.
  fatal_error: "provider.unknown_outcome",
  internal_error: "provider.unknown_outcome",
  request_timeout: "provider.unknown_outcome",
};

/** What `{ "ok": false, "error": … }` stands for: an error that is not known will not pass by itself. */
export function toApiError(error = "unknown_error"): WendError {
  const code = Object.hasOwn(apiErrors, error) ? apiErrors[error] : undefined;
  return new WendError(code ?? "provider.rejected", {
    detail: /^[a-z_]{1,60}$/.test(error) ? `It said ${error}.` : "",
  });
}
