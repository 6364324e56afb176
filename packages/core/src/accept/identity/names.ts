/** How `identities.kind` names the two ids of an event. */
export const identityKinds = { user: "user_id", anonymous: "anonymous_id" } as const;

export type IdentityKind = (typeof identityKinds)[keyof typeof identityKinds];

/** What an event calls its profile; at least one of both. */
export interface Names {
  readonly userId: string | null;
  readonly anonymousId: string | null;
}

/** An identity as stored. */
export interface Identity {
  readonly kind: IdentityKind;
  readonly value: string;
  readonly profileId: string;
}
