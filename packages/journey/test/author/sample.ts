import { defineAction, defineManifest } from "@wend/plugin";
import { z } from "zod";
import { createAuthoring } from "../../src/index.ts";

const parts = { output: z.object({}), purpose: "transactional", dedupe: { by: "none" } } as const;
const manifestParts = { version: "1.0.0", contract: 1, config: z.object({}) } as const;

const send = defineAction({
  ...parts,
  title: "Sends a mail.",
  input: z
    .object({ subject: z.string().min(1), text: z.string().optional(), html: z.string().optional() })
    .refine(({ text, html }) => (text ?? html) !== undefined, "Give text or html."),
  channel: "email",
  address: "email",
  templates: { subject: "text", text: "text", html: "html" },
});

const createTask = defineAction({
  ...parts,
  title: "Creates a task.",
  input: z.object({
    subject: z.string(),
    dueAt: z.iso.datetime(),
    priority: z.enum(["LOW", "HIGH"]).optional(),
    kind: z.enum(["CALL", "TODO"]).default("TODO"),
    minutes: z.int().optional(),
    fields: z
      .object({ score: z.number(), tags: z.array(z.string()), more: z.json() })
      .partial()
      .optional(),
  }),
  channel: "crm",
  templates: { subject: "text", dueAt: "text", priority: "text", fields: "json" },
});

const post = defineAction({
  ...parts,
  title: "Posts JSON.",
  input: z.object({ body: z.json(), headers: z.record(z.string(), z.string()).optional() }),
  channel: "webhook",
  templates: { body: "json" },
});

const tagged = defineAction({
  ...send,
  input: z.object({
    subject: z.string().min(1),
    text: z.string().optional(),
    html: z.string().optional(),
    tag: z.string().optional(),
  }),
});

export const smtp = defineManifest({ ...manifestParts, id: "email-smtp", actions: { send } });
/** Takes all that {@link smtp} takes, and more; and makes one action more. */
const relay = defineManifest({ ...manifestParts, id: "email-relay", actions: { send: tagged, post } });
const crm = defineManifest({ ...manifestParts, id: "crm", actions: { createTask } });
export const webhook = defineManifest({ ...manifestParts, id: "webhook", actions: { post } });

export const { defineJourney, catalog } = createAuthoring({
  connections: { mail: smtp, spare: relay, crm, hook: webhook },
  routes: { post: ["mail", "spare"], tracked: ["spare", "mail"] },
});
