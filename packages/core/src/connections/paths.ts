/** A connection by what its URLs name. */
export interface ConnectionPath {
  readonly id: string;
  readonly plugin: string;
}

/** Where the provider sends its webhooks. */
export const webhookUrlOf = (publicUrl: string, { id, plugin }: ConnectionPath): string =>
  `${publicUrl}/hooks/${plugin}/${id}`;

/** Where the connection's `serve` answers. */
export const baseUrlOf = (publicUrl: string, { id }: Pick<ConnectionPath, "id">): string => `${publicUrl}/c/${id}`;
