import { z } from "zod";
import { callLimits } from "../limits/call-limits.ts";
import { jsonInput } from "../schema/json.ts";

const word = z.string().min(1).max(100);

const change = z
  .strictObject({
    userId: z.string().min(1).max(256).optional().describe("its profile is made when it is new"),
    profileId: z.uuid().optional(),
    channel: word.describe("`email`, `sms`, …"),
    purpose: word.describe("`promotional`, …"),
    topic: word.default("*").describe("`*` covers every topic"),
    detail: jsonInput().optional().describe("whatever proves it: the words that were agreed to, the form, …"),
  })
  .refine(
    ({ userId, profileId }) => (userId === undefined) !== (profileId === undefined),
    "Invalid input: expected exactly one of userId, profileId",
  );

export const consentChanges = z.strictObject({
  items: z.array(change).min(1).max(callLimits.itemsPerCall),
  source: word.default("api").describe("who says so: `api`, `preference_page`, …"),
});
