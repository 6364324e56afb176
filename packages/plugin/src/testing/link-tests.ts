import type { LinkData } from "../contract/host.ts";

/** A link that a plugin signs for its customers; the kit signs it by the host's links, as the plugin does. */
export interface LinkSample {
  /** A few words: `a click`. */
  readonly name: string;
  readonly purpose: string;
  readonly data: LinkData;
  /** The path below the connection's own that the plugin makes of a token. */
  path(token: string): string;
  /** Where following it leads to; absent where it leads nowhere else. */
  readonly leadsTo?: string;
}
