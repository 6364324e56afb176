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

const entry = z.object({ eventId: z.string(), name: z.string() });

const end = z.object({
  by: z.enum(["end", "goal", "exit"]),
  outcome: z.string().nullable(),
  goalAt: instant.nullable(),
});

export const timelineItem = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("event"), ...happened, event }),
  z.object({
    kind: z.literal("consent"),
    ...happened,
    consent: consent.extend({ detail: jsonObject.nullable() }),
  }),
  z.object({ kind: z.literal("refused"), ...happened, journey, refusal }),
  z.object({ kind: z.literal("held"), ...happened, journey, entry }),
  z.object({ kind: z.literal("entered"), ...happened, journey, run, entry }),
  z.object({ kind: z.literal("step"), ...happened, journey, run, step }),
  z.object({ kind: z.literal("delivery"), ...happened, journey, delivery: deliverySummary }),
  z.object({ kind: z.literal("ended"), ...happened, journey, run, end }),
  z.object({ kind: z.literal("failed"), ...happened, journey, run, error: runError.nullable() }),
]);
