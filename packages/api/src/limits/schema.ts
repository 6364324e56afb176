import { z } from "zod";

const most = (words: string) => z.int().describe(words);

export const limits = z.object({
  request: z.object({
    bodyBytes: most("bytes of a body, after decompression; beyond it `request.too_large`; `blobs.put` may have more"),
    depth: most("levels of JSON in a body; beyond it `request.too_deep`"),
    callsPerRequest: most("calls of one tRPC batch"),
    itemsPerCall: most("items of a call that takes several: `consents.grant`, `suppressions.add`, …"),
    pageItems: most("items of a page, whatever `limit` asks for"),
    pageItemsUnlessAsked: most("items of a page without `limit`"),
  }),
  ingest: z.object({
    eventBytes: most("bytes of one event as sent; beyond it `request.too_large`"),
    batchItems: most("items of a batch; beyond it `request.too_large`"),
    messageIdLength: most("characters of a message id"),
    idLength: most("characters of a user id or anonymous id"),
    eventNameLength: most("characters of an event's name"),
    waitingItems: most("events of the workspace that may wait for their commit; beyond it `limit.overloaded`"),
  }),
  journey: z.object({
    nodes: most("nodes of a journey"),
    branches: most("branches of one node"),
    weight: most("the largest weight of a branch"),
    triggers: most("triggers of a journey"),
    exits: most("exits of a journey"),
    predicateDepth: most("predicates inside predicates"),
    listLength: most("operands of one `all` or `any`, elements of a list to compare with"),
    jsonDepth: most("levels of JSON in a definition"),
    jsonValues: most("values of JSON in a definition"),
    nameLength: most("characters of a name, a label, a trait, a reference"),
    entryKeyLength: most("characters of an entry key once it is worked out"),
    durationYears: most("years of one duration"),
    traitListLength: most("elements of a list to which `append` may still add"),
    varsBytes: most("bytes of a run's vars as JSON; beyond it the run is parked by `run.vars_too_large`"),
    visitsPerNodePerHour: most(
      "visits of one node of a loop within an hour; beyond them the run is parked by `run.loop_limit`",
    ),
  }),
  blob: z.object({
    bytes: most("bytes of a stored file; beyond it `blob.too_large`"),
    bodyBytes: most("bytes of the body of a request that is one `blobs.put`; beyond it `request.too_large`"),
    nameLength: most("characters of a file's name"),
    contentTypeLength: most("characters of a file's content type"),
  }),
  connection: z.object({
    concurrency: most("calls under way at once, per worker, that may be asked for"),
    ratePerSecond: most("calls per second that may be asked for"),
    dailyQuota: most("deliveries a day that `dailyQuota` and a day of `warmUp` may say"),
    warmUpDays: most("days of `warmUp`"),
    perMinute: most("deliveries a minute that `perDomain` may say"),
    domains: most("domains of `perDomain`"),
    testAddresses: most("addresses of `testAddresses`"),
  }),
});
