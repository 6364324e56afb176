import type { Facts } from "../contract/incoming.ts";
import type { ProviderStandIn } from "./provider-stand-in.ts";

/** How a plugin's `poll` is tried. */
export interface PollTests {
  /** Starts a stand-in that has something to tell, more than fits one page; it tells the same each time it is started. */
  startProvider(): Promise<ProviderStandIn>;
  /** What a plugin has to say of it, oldest first. */
  readonly says: Facts;
}
