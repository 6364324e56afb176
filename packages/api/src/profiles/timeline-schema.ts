import { z } from "zod";
import { deliverySummary } from "../deliveries/schema.ts";
import { runError, step } from "../runs/schema.ts";
import { instant } from "../schema/instant.ts";
import { jsonObject } from "../schema/json.ts";
import { consent } from "./schema.ts";

const happened = { at: instant, says: z.string().describe("what happened and why, in a sentence") };

const journey = z.object({ id: z.string(), key: z.string(), name: z.string(), version: z.int() });

const run = z.object({ id: z.string(), entryKey: z.string() });

const event = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  occurredAt: instant,
  messageId: z.string(),
  properties: jsonObject.nullable(),
  traits: jsonObject.nullable(),
});

const refusal = z.object({ eventId: z.string(), reason: z.string(), detail: jsonObject.nullable() });

const end = z.object({
  by: z.enum(["end", "goal", "exit"]),
  outcome: z.string().nullable(),
  goalAt: instant.nullable(),
});

export const timelineItem = z.discriminatedUnion("kind", [
  z.object({ ...happened, kind: z.literal("event"), event }),
  z.object({
    ...happened,
    kind: z.literal("consent"),
    consent: consent.extend({ detail: jsonObject.nullable() }),
  }),
  z.object({ ...happened, kind: z.literal("refused"), journey, refusal }),
  z.object({
    ...happened,
    kind: z.literal("entered"),
    journey,
    run,
    entry: z.object({ eventId: z.string(), name: z.string() }),
  }),
  z.object({ ...happened, kind: z.literal("step"), journey, run, step }),
  z.object({ ...happened, kind: z.literal("delivery"), journey, delivery: deliverySummary }),
  z.object({ ...happened, kind: z.literal("ended"), journey, run, end }),
  z.object({ ...happened, kind: z.literal("failed"), journey, run, error: runError.nullable() }),
]);
