import type { NewConnection } from "@wend/core";
import { connectionLimits } from "@wend/core";
import { z } from "zod";
import { checkedInside } from "../schema/checked-inside.ts";
import { instant } from "../schema/instant.ts";
import { jsonInput, jsonObject } from "../schema/json.ts";
import { listOf } from "../schema/list.ts";

const onUnknown = connectionLimits.onUnknown.describe(
  "what becomes of a delivery of unknown outcome where the provider can neither dedupe nor be asked",
);
const concurrency = connectionLimits.concurrency.describe("calls under way at once, per worker");
const ratePerSecond = connectionLimits.ratePerSecond.describe("calls per second over all workers");

const config = jsonInput<NewConnection["config"]>();

export const connectionRef = z.string().min(1).max(200).describe("id or key of the connection");

export const newConnection = checkedInside(
  z.strictObject({
    key: z.string().describe("the name journeys use: a lower case letter, then letters, digits, - or _, at most 63"),
    plugin: z.string().describe("id of the plugin"),
    config: config.describe("as the plugin's manifest asks for it, secrets included"),
    onUnknown,
    concurrency,
    ratePerSecond,
  }),
);

export const connectionChange = checkedInside(
  z.strictObject({
    connection: connectionRef,
    config: config.optional().describe("replaces the old one; a secret it leaves out stays, null removes it"),
    onUnknown: connectionLimits.onUnknown.unwrap().optional(),
    concurrency: connectionLimits.concurrency.unwrap().optional(),
    ratePerSecond: connectionLimits.ratePerSecond.unwrap().optional(),
  }),
);

export const connection = z.object({
  id: z.string(),
  key: z.string(),
  plugin: z.string(),
  channel: z.string(),
  config: jsonObject.describe("without its secrets"),
  secrets: listOf(z.string()).describe("names of the secrets that are set; their values never come out"),
  onUnknown: z.enum(["hold", "resend", "drop"]).nullable(),
  concurrency: z.int(),
  ratePerSecond: z.int().nullable(),
  createdAt: instant,
  updatedAt: instant,
});
