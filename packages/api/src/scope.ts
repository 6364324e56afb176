import type { Credential } from "@wend/core";
import { WendError } from "@wend/plugin";

/** What a key may be allowed to do through the API; `*` allows all of it. None implies another. */
export const apiScopes = [
  "journeys:read",
  "journeys:write",
  "runs:read",
  "runs:write",
  "deliveries:read",
  "deliveries:write",
  "profiles:read",
  "profiles:write",
  "consents:write",
  "suppressions:read",
  "suppressions:write",
  "connections:read",
  "connections:write",
  "blobs:read",
  "blobs:write",
] as const;

export type ApiScope = (typeof apiScopes)[number];

/** Throws `auth.forbidden` unless the key is a srv_ key with the scope, if any. A pub_ key lies open in browsers and never reads. */
export function assertScope({ kind, scopes }: Credential, scope: ApiScope | null): void {
  if (kind !== "srv") throw new WendError("auth.forbidden", { detail: "It needs a srv_ key." });
  if (scope !== null && !scopes.includes(scope) && !scopes.includes("*")) {
    throw new WendError("auth.forbidden", { detail: `It needs the scope ${scope}.` });
  }
}
