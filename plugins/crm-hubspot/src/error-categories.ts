import type { ErrorCode } from "@wend/plugin";

/** What HubSpot's error categories mean; a category that is not among them leaves it to the status. */
export const errorCategories: { readonly [category: string]: ErrorCode } = {
  VALIDATION_ERROR: "provider.rejected",
  INVALID_INPUT: "provider.rejected",
  OBJECT_NOT_FOUND: "provider.rejected",
  OBJECT_ALREADY_EXISTS: "provider.rejected",
  CONFLICT: "provider.rejected",
  METHOD_NOT_ALLOWED: "provider.rejected",
  INVALID_AUTHENTICATION: "provider.unauthorized",
  EXPIRED_AUTHENTICATION: "provider.unauthorized",
  MISSING_SCOPES: "provider.unauthorized",
  RATE_LIMITS: "provider.rate_limited",
  RATE_LIMIT: "provider.rate_limited",
  INTERNAL_ERROR: "provider.unavailable",
};

/** Statuses of HubSpot's own: a record that is written by somebody else just now, an account that is being moved. */
export const errorStatuses: { readonly [status: number]: { readonly code: ErrorCode; readonly retryAfterMs: number } } =
  {
    423: { code: "provider.unavailable", retryAfterMs: 2_000 },
    477: { code: "provider.unavailable", retryAfterMs: 3_600_000 },
  };

/** When a limit is likely to let us through again, where there is no Retry-After. */
export const ratePolicies: { readonly [policyName: string]: number } = {
  SECONDLY: 1_000,
  TEN_SECONDLY_ROLLING: 10_000,
  DAILY: 3_600_000,
};
