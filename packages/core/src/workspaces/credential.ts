export type KeyKind = "pub" | "srv";

/** What a pub_ key may send; nothing unless listed. */
export interface AllowList {
  readonly events?: readonly string[];
  readonly traits?: readonly string[];
}

/** Whom a verified key speaks for, and what it may do. */
export interface Credential {
  readonly workspaceId: number;
  readonly shards: number;
  readonly keyId: string;
  readonly kind: KeyKind;
  /** `*` is every scope. */
  readonly scopes: readonly string[];
  readonly allow: AllowList;
}
