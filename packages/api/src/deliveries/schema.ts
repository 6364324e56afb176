import { deliveryStates } from "@wend/core";
import { receiptKinds } from "@wend/plugin";
import { z } from "zod";
import { instant } from "../schema/instant.ts";
import { jsonObject } from "../schema/json.ts";
import { listOf } from "../schema/list.ts";
import { sandboxView } from "../schema/sandbox.ts";

export const deliveryState = z.enum(deliveryStates);

export const deliverySummary = z.object({
  id: z.string(),
  runId: z.string(),
  seq: z.int().describe("the step it belongs to"),
  journeyId: z.string(),
  version: z.int(),
  nodeId: z.string(),
  profileId: z.string(),
  connectionId: z.string().nullable(),
  routeId: z.string().nullable().describe("the route that chose the connection; null when the journey names it itself"),
  moves: z.int().describe("how often its route has moved it to another connection"),
  action: z.string(),
  channel: z.string(),
  purpose: z.string(),
  topic: z.string().nullable(),
  state: deliveryState,
  reason: z
    .string()
    .nullable()
    .describe(
      "why it was suppressed, in a word of the send gate; of one that failed, the error's code; of one that waits, " +
        "`daily_quota` or `domain_rate`; of one that a sandbox only recorded, `sandbox`",
    ),
  attempt: z.int().describe("number of the last call; 0 before the first"),
  sandbox: sandboxView.nullable().describe("what a sandbox did with its last call; null in earnest"),
  dueAt: instant.nullable().describe("the earliest next try, or the end of the lease while sending"),
  plannedAt: instant,
  settledAt: instant.nullable(),
  providerId: z.string().nullable(),
  receipt: z.enum(receiptKinds).nullable().describe("the weightiest that the provider has said of it after the call"),
  receiptAt: instant.nullable().describe("when that happened, by the provider's clock"),
  error: z.object({ code: z.string(), detail: z.string().nullable() }).nullable(),
  says: z.string().describe("what became of it and why, in a sentence"),
});

const check = z.object({
  step: z.string(),
  pass: z.boolean(),
  reason: z.string().nullable(),
  inputs: jsonObject,
});

const attempt = z.object({
  attempt: z.int(),
  connectionId: z.string().nullable().describe("the connection that made the call"),
  startedAt: instant,
  endedAt: instant,
  outcome: z.string(),
  code: z.string().nullable(),
  detail: z.string().nullable(),
});

const verdict = z.object({
  verdict: z.enum(["accepted", "failed", "resend"]),
  at: instant,
  actor: z.string().describe("id of the API key"),
});

export const deliveryDetail = deliverySummary.extend({
  connection: z.object({ key: z.string(), plugin: z.string() }).nullable(),
  route: z.object({ key: z.string(), mode: z.enum(["failover", "split"]) }).nullable(),
  address: z.string().nullable(),
  input: jsonObject.describe("as the journey wrote it, templates unrendered"),
  checks: listOf(check).describe("what the send gate checked, in order, up to the check that failed"),
  awaited: z.boolean().describe("whether the run waits for the outcome"),
  ambiguous: z.boolean().describe("whether it is open if the last call took effect"),
  firstCallAt: instant.nullable(),
  idempotencyKey: z.string().describe("the same on every call"),
  attempts: listOf(attempt).describe("calls to the provider, oldest first"),
  verdicts: listOf(verdict).describe("what operators said about its unknown outcome, oldest first"),
});

/** The deliveries that an operator decides on at once. */
export const decidedIds = z.array(z.uuid()).min(1).max(1_000);

const refused = listOf(
  z.object({
    id: z.string(),
    code: z.string().describe("`delivery.not_found`, or `delivery.wrong_state`: its outcome is not unknown"),
  }),
);

export const settleReport = z.object({ settled: listOf(z.string()), refused });
export const resendReport = z.object({ resent: listOf(z.string()), refused });
