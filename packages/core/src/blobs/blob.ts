/** What an attachment may be; the API reference quotes it. */
export const blobLimits = {
  /** Bytes of the file itself. */
  bytes: 5 * 1024 * 1024,
  /** Characters of its name. */
  nameLength: 200,
  /** Characters of its content type, parameters included. */
  contentTypeLength: 200,
} as const;

/** A stored attachment without its bytes. */
export interface BlobDetail {
  /** SHA-256 of the bytes, in hex. */
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  /** How many there are. */
  readonly bytes: number;
  readonly createdAt: number;
}
