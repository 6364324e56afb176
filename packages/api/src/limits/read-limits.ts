import type { Accept } from "@wend/core";
import { blobLimits, connectionLimits, ingestLimits, settingLimits } from "@wend/core";
import { limits as journeyLimits } from "@wend/journey";
import { pageLimits } from "../schema/page.ts";
import { callLimits } from "./call-limits.ts";

/** The limits in force, each from the constant that enforces it. */
export const readLimits = (accept: Pick<Accept, "limits">) => ({
  request: {
    bodyBytes: ingestLimits.bodyBytes,
    depth: ingestLimits.depth,
    callsPerRequest: callLimits.callsPerRequest,
    itemsPerCall: callLimits.itemsPerCall,
    pageItems: pageLimits.most,
    pageItemsUnlessAsked: pageLimits.unlessAsked,
  },
  ingest: {
    eventBytes: ingestLimits.eventBytes,
    batchItems: ingestLimits.batchItems,
    messageIdLength: ingestLimits.messageIdLength,
    idLength: ingestLimits.idLength,
    eventNameLength: ingestLimits.eventNameLength,
    waitingItems: accept.limits.workspaceItems,
  },
  journey: journeyLimits,
  blob: {
    bytes: blobLimits.bytes,
    bodyBytes: callLimits.blobBodyBytes,
    nameLength: blobLimits.nameLength,
    contentTypeLength: blobLimits.contentTypeLength,
  },
  connection: {
    concurrency: connectionLimits.concurrency.unwrap().maxValue!,
    ratePerSecond: connectionLimits.ratePerSecond.unwrap().unwrap().maxValue!,
    ...settingLimits,
  },
});
