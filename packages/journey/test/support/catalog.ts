import type { ActionManifest } from "@wend/plugin";
import { z } from "zod";
import type { Catalog } from "../../src/index.ts";

const email: ActionManifest = {
  title: "Sends an e-mail.",
  input: z.strictObject({ subject: z.string().min(1), text: z.string(), html: z.string().optional() }),
  output: z.object({}),
  channel: "email",
  purpose: "promotional",
  address: "email",
  dedupe: { by: "none" },
  templates: { subject: "text", text: "text", html: "html" },
};

const post: ActionManifest = {
  title: "Posts JSON.",
  input: z.strictObject({ body: z.json() }),
  output: z.object({}),
  channel: "webhook",
  purpose: "transactional",
  dedupe: { by: "natural" },
  templates: { body: "json" },
};

const note: ActionManifest = { ...post, channel: "crm", address: "crm" };

const find: ActionManifest = {
  title: "Finds tickets.",
  input: z.strictObject({}),
  output: z.object({
    tickets: z.array(z.object({ ticket: z.string(), priority: z.string().nullable() })),
    owner: z.union([z.object({ name: z.string() }), z.object({ team: z.string() })]).optional(),
    fields: z.record(z.string(), z.string()),
    note: z.string(),
    raw: z.looseObject({ id: z.number() }),
  }),
  channel: "support",
  purpose: "transactional",
  dedupe: { by: "natural" },
  keepsOutput: true,
};

/** A desk that tells what it found, a mail connection, a webhook connection, a CRM whose addresses profiles do not carry, and a route. */
export const catalog: Catalog = {
  connections: {
    mail: { plugin: "email-smtp", actions: { send: email } },
    desk: { plugin: "desk", actions: { find } },
    hook: { plugin: "webhook", actions: { post } },
    crm: { plugin: "crm", actions: { note } },
    both: { plugin: "email-smtp", actions: { send: email }, lacking: { fax: ["mail-2"] } },
  },
};
