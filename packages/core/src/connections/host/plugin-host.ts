import type { PluginHost } from "@wend/plugin";
import type { Logger } from "pino";
import type { Way } from "../../outbound/outbound.ts";
import type { DeliveryNews } from "../../serve/delivery-news.ts";
import type { Store } from "../../store/connect.ts";
import type { ConnectionId } from "../connections.ts";
import { createBlobs } from "./blobs.ts";
import { createDeliveries } from "./deliveries.ts";
import type { LinkSetup } from "./links.ts";
import { createLinks } from "./links.ts";
import { createState } from "./state.ts";

export interface HostSetup extends LinkSetup {
  readonly store: Store;
  readonly id: ConnectionId;
  readonly way: Way;
  readonly news: DeliveryNews;
  readonly log: Logger;
  now(): number;
}

/** All that a plugin gets of its host. */
export function createPluginHost({ store, id, way, news, log, now, ...links }: HostSetup): PluginHost {
  return {
    log: {
      debug: (fields, message) => log.debug(fields, message),
      info: (fields, message) => log.info(fields, message),
      warn: (fields, message) => log.warn(fields, message),
      error: (fields, message) => log.error(fields, message),
    },
    now,
    fetch: way.fetch,
    connect: way.connect,
    links: createLinks(links),
    blobs: createBlobs(store, id.workspaceId),
    deliveries: createDeliveries({ store, id, news }),
    state: createState(store, id),
  };
}
