import { z } from "zod";
import { connectionRef } from "../connections/schema.ts";
import { runSummary } from "../runs/schema.ts";
import { instant } from "../schema/instant.ts";
import { jsonObject } from "../schema/json.ts";
import { listOf } from "../schema/list.ts";
import { namesOne, oneName, profileFields } from "./name.ts";

export const consent = z.object({
  channel: z.string(),
  purpose: z.string(),
  topic: z.string().describe("`*` covers every topic"),
  state: z.enum(["granted", "revoked"]),
  at: instant,
  source: z.string(),
});

export const profileDetail = z.object({
  id: z.string(),
  traits: jsonObject,
  createdAt: instant,
  updatedAt: instant,
  identities: listOf(z.object({ kind: z.string(), value: z.string() })).describe("at most 100"),
  consents: listOf(consent).describe("at most 500; unknown is no consent"),
  runs: listOf(runSummary).describe("active or parked ones, the youngest first, at most 100"),
});

const daySeconds = 86_400;

export const tokenRequest = z.strictObject({
  profile: z.strictObject(profileFields).refine(namesOne, oneName).describe("exactly one of its names"),
  connection: connectionRef.optional().describe("id or key of the only connection that takes it; absent: every one"),
  expiresInSeconds: z
    .int()
    .min(1)
    .max(30 * daySeconds)
    .describe("at most 30 days"),
});

export const customerToken = z.object({ token: z.string(), expiresAt: instant });
