/** Something that has happened to a record of HubSpot, however it was learnt of. */
export type Change = {
  readonly object: ObjectKind;
  readonly objectId: string;
  /** Milliseconds since the epoch, by HubSpot's clock. */
  readonly at: number;
} & ({ readonly kind: "created" } | { readonly kind: "changed"; readonly property: string; readonly value: string });

export type ObjectKind = keyof typeof objects;

/** How HubSpot names the kinds of record whose changes are signals. */
export const objects = {
  contact: { type: "0-1", path: "contacts", modified: "lastmodifieddate" },
  deal: { type: "0-3", path: "0-3", modified: "hs_lastmodifieddate" },
} as const;
