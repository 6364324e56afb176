import { z } from "zod";
import { instant } from "../schema/instant.ts";
import { jsonObject } from "../schema/json.ts";
import { listOf } from "../schema/list.ts";

export const runStatus = z.enum(["active", "ended", "failed"]);

export const runError = z.object({ code: z.string(), nodeId: z.string(), detail: z.string() });

export const runSummary = z.object({
  id: z.string(),
  journeyId: z.string(),
  version: z.int(),
  profileId: z.string(),
  entryKey: z.string().describe("tells parallel runs of one profile apart; empty unless the journey has a key"),
  status: runStatus.describe("`failed`: parked by an error"),
  nodeId: z.string(),
  since: instant.describe("when it reached the node"),
  seq: z.int().describe("sequence of the visit under way"),
  wakeAt: instant.nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
  endedBy: z.enum(["end", "goal", "exit"]).nullable(),
  outcome: z.string().nullable(),
  error: runError.nullable(),
  goalAt: instant.nullable(),
});

export const step = z.object({
  seq: z.int(),
  nodeId: z.string(),
  type: z.string(),
  enteredAt: instant,
  leftAt: instant,
  outcome: z.string().describe("the branch taken"),
  detail: jsonObject.nullable().describe("inputs and verdict"),
  says: z.string().describe("the same in a sentence"),
});

const waiting = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("time"), until: instant }),
  z.object({ kind: z.literal("event"), events: listOf(z.string()), until: instant.nullable() }),
  z.object({ kind: z.literal("outcome") }),
  z.object({ kind: z.literal("retry") }),
]);

const visit = z.object({
  seq: z.int(),
  nodeId: z.string(),
  type: z.string(),
  enteredAt: instant,
  waitsFor: waiting,
});

const held = z.object({
  kind: z.enum(["event", "timer", "outcome", "profile"]),
  at: instant,
  what: z
    .string()
    .nullable()
    .describe("the event's name or the delivery's outcome; null for a timer and a change of the profile"),
});

export const runDetail = runSummary.extend({
  journey: z.object({ key: z.string(), name: z.string(), status: z.string() }),
  entry: z
    .object({ eventId: z.string(), name: z.string(), receivedAt: instant })
    .describe("the event that made it enter"),
  vars: jsonObject,
  steps: listOf(step).describe("completed visits, oldest first, the last 500"),
  stepsBefore: z.int().nullable().describe("asks for older steps; null: these are the first"),
  visit: visit.nullable().describe("the visit under way; null once the run has ended"),
  held: listOf(held).describe("signals kept until the journey is resumed or the run retried"),
  says: z.string().describe("where it stands, in a sentence"),
});
