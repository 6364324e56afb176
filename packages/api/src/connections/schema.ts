import type { NewConnection } from "@wend/core";
import { connectionLimits } from "@wend/core";
import { z } from "zod";
import { checkedInside } from "../schema/checked-inside.ts";
import { instant } from "../schema/instant.ts";
import { jsonInput, jsonObject } from "../schema/json.ts";
import { listOf } from "../schema/list.ts";
import { sandboxView } from "../schema/sandbox.ts";

const onUnknown = connectionLimits.onUnknown.describe(
  "what becomes of a delivery of unknown outcome where the provider can neither dedupe nor be asked",
);
const concurrency = connectionLimits.concurrency.describe("calls under way at once, per worker");
const ratePerSecond = connectionLimits.ratePerSecond.describe("calls per second over all workers");

const acceptsUnsigned = connectionLimits.acceptsUnsigned.describe(
  "take webhooks for genuine that the provider does not sign: anybody who knows the URL can send them",
);

const dailyQuota = connectionLimits.dailyQuota.describe(
  "deliveries per civil day in UTC; each counts once a day, however often it is tried",
);
const warmUp = connectionLimits.warmUp.describe(
  "quotas of the days from `startsOn` (UTC) on, instead of `dailyQuota`; nothing goes before that day",
);
const perDomain = connectionLimits.perDomain.describe(
  "recipient domain in lower case, or `*` for each of the others: deliveries a minute",
);
const sandbox = connectionLimits.sandbox.describe(
  "reaches no customer: everything goes to one address, or nothing is called",
);
const testAddresses = connectionLimits.testAddresses.describe("the only addresses that test sends may go to");

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
    acceptsUnsigned,
    dailyQuota,
    warmUp,
    perDomain,
    sandbox,
    testAddresses,
  }),
);

export const connectionChange = checkedInside(
  z.strictObject({
    connection: connectionRef,
    config: config.optional().describe("replaces the old one; a secret it leaves out stays, null removes it"),
    onUnknown: connectionLimits.onUnknown.unwrap().optional(),
    concurrency: connectionLimits.concurrency.unwrap().optional(),
    ratePerSecond: connectionLimits.ratePerSecond.unwrap().optional(),
    acceptsUnsigned: acceptsUnsigned.unwrap().optional(),
    dailyQuota: dailyQuota.unwrap().optional(),
    warmUp: warmUp.unwrap().optional(),
    perDomain: perDomain.unwrap().optional().describe("replaces the old one"),
    sandbox: sandbox.unwrap().optional(),
    testAddresses: testAddresses.unwrap().optional().describe("replaces the old list"),
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
  acceptsUnsigned: z.boolean(),
  downUntil: instant
    .nullable()
    .describe("its provider is taken to be down, and probed again after this instant; null when it is not"),
  lostFacts: z
    .int()
    .describe("receipts and signals of its plugin that could not be stored and were dropped; the log says why"),
  lostFactsAt: instant.nullable().describe("when the last of them came; null when there was none"),
  dailyQuota: z.int().nullable(),
  warmUp: z.object({ startsOn: z.string(), perDay: listOf(z.int()) }).nullable(),
  perDomain: z.record(z.string(), z.int()),
  sandbox: sandboxView.nullable(),
  testAddresses: listOf(z.string()),
  webhookUrl: z.string().nullable().describe("where the provider sends its webhooks; null when the plugin takes none"),
  createdAt: instant,
  updatedAt: instant,
});

export const previewRequest = z.strictObject({
  connection: connectionRef,
  action: z.string().min(1).max(100).describe("name of an action of its plugin"),
  input: jsonInput().describe("as the action takes it once its templates are rendered"),
  address: z.string().min(1).max(320).optional().describe("whom it would reach, where that matters"),
});

export const preview = z.object({
  parts: z.int().describe("what the provider counts and bills: segments of an SMS"),
  bytes: z.int().describe("size as it would be transferred"),
  encoding: z.string().optional().describe("where it decides the parts: `GSM-7`, `UCS-2`, …"),
  cost: z.object({ amount: z.number(), currency: z.string() }).optional().describe("where it can be told"),
  notes: listOf(z.string()).describe("what the author should know"),
});
