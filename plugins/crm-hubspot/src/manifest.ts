import { defineAction, defineManifest } from "@wend/plugin";
import { z } from "zod";
import { config, properties } from "./config.ts";
import { signals } from "./signals.ts";

/** A call that timed out may still be under way at HubSpot for this long. */
const SETTLE_MS = 30_000;
/** The most records that HubSpot writes in one request. */
const BATCH_SIZE = 100;

const contact = z.string().min(1).max(500);
const id = z.string().regex(/^[0-9]{1,20}$/, "HubSpot's own id: digits.");
const record = z.object({ id: z.string() });

const upsertContact = defineAction({
  title: "Creates a contact, or updates the one that is known by its key.",
  input: z.object({
    /** Value of the connection's `contactKey`: `{{ profile.email }}`. */
    contact,
    properties: properties.default({}),
  }),
  output: z.object({ id: z.string(), created: z.boolean() }),
  channel: "crm",
  purpose: "transactional",
  dedupe: { by: "natural" },
  batch: { size: BATCH_SIZE },
  templates: { contact: "text", properties: "json" },
});

const upsertCompany = defineAction({
  title: "Creates a company, or updates the one with its domain.",
  input: z.object({
    domain: z
      .string()
      .max(253)
      .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i, "A domain: example.com."),
    properties: properties.default({}),
  }),
  output: z.object({ id: z.string(), created: z.boolean() }),
  channel: "crm",
  purpose: "transactional",
  dedupe: { by: "natural" },
  templates: { domain: "text", properties: "json" },
});

const dealNote = defineAction({
  title: "Writes a note on a deal.",
  input: z.object({
    /** The deal's id, as the signal `CRM Deal Changed` gives it. */
    deal: id,
    body: z.string().min(1).max(65_536),
  }),
  output: record,
  channel: "crm",
  purpose: "transactional",
  dedupe: { by: "lookup", settleMs: SETTLE_MS },
  templates: { deal: "text", body: "html" },
});

const createTask = defineAction({
  title: "Creates a task for a salesperson, associated with the contact.",
  input: z.object({
    /** Value of the connection's `contactKey`. */
    contact,
    subject: z.string().min(1).max(1_000),
    body: z.string().max(65_536).optional(),
    dueAt: z.iso.datetime({ offset: true }),
    /** HubSpot's id of the owner; nobody's unless stated. */
    ownerId: id.optional(),
    priority: z.enum(["LOW", "MEDIUM", "HIGH"]).optional(),
    type: z.enum(["TODO", "CALL", "EMAIL"]).default("TODO"),
  }),
  output: record,
  channel: "crm",
  purpose: "transactional",
  dedupe: { by: "lookup", settleMs: SETTLE_MS },
  templates: { contact: "text", subject: "text", body: "html", dueAt: "text", ownerId: "text" },
});

const enrol = defineAction({
  title: "Writes on the contact which journey it is in, where, and when it is next approached.",
  input: z.object({
    /** Value of the connection's `contactKey`. */
    contact,
    journey: z.string().min(1).max(500),
    step: z.string().min(1).max(500),
    /** An instant; empty or left out when nothing is planned. */
    nextTouchAt: z.union([z.iso.datetime({ offset: true }), z.literal("")]).default(""),
  }),
  output: record,
  channel: "crm",
  purpose: "transactional",
  dedupe: { by: "natural" },
  batch: { size: BATCH_SIZE },
  templates: { contact: "text", journey: "text", step: "text", nextTouchAt: "text" },
});

/** The HubSpot plugin as data. */
export const manifest = defineManifest({
  id: "crm-hubspot",
  version: "0.0.0",
  contract: 1,
  config,
  secrets: ["token", "webhookSecret", "previousWebhookSecret"],
  actions: { upsertContact, upsertCompany, dealNote, createTask, enrol },
  signals,
  poll: { everyMs: 60_000 },
});
