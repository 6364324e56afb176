import { defineAction } from "@wend/plugin";
import { z } from "zod";

const channel = "support";
const purpose = "transactional";
// Each call is two or three requests, and the smallest plan allows 200 a minute.
const rateLimit = { perSecond: 1.5 };

const body = { text: z.string().min(1).max(60_000).optional(), html: z.string().min(1).max(60_000).optional() };
const oneBody = ({ text, html }: { text?: string | undefined; html?: string | undefined }) =>
  (text === undefined) !== (html === undefined);
const tags = z.array(z.string().min(1).max(255)).max(100);
const customField = z.union([z.string().max(60_000), z.number(), z.boolean(), z.array(z.string()), z.null()]);
/** Your own id of the customer: what Zendesk calls the external id of a user. */
const externalId = z.string().max(255).optional();

/**
 * The ticket to act on: `opened` is the one that this connection opened last for the customer, `latestOpen` the newest
 * of the customer's that is not solved, a number any ticket. A template may stand for any of them.
 */
const ticket = z.string().regex(/^(?:opened|latestOpen|[1-9][0-9]{0,15})$|\{\{/, "opened, latestOpen or a number.");

/** What is left of a ticket when it has been acted on. */
const touched = z.object({ ticket: z.string(), status: z.string() });

const openTicket = defineAction({
  title: "Opens a ticket for the customer.",
  input: z
    .object({
      subject: z.string().min(1).max(500),
      ...body,
      /** False for a ticket that the customer does not see. */
      public: z.boolean().default(true),
      externalId,
      /** Of a customer whom Zendesk does not know yet; the address, unless stated. */
      requesterName: z.string().max(255).optional(),
      priority: z.enum(["low", "normal", "high", "urgent"]).optional(),
      type: z.enum(["problem", "incident", "question", "task"]).optional(),
      tags: tags.optional(),
      /** By the id of the field. */
      customFields: z.record(z.string().regex(/^[0-9]{1,16}$/, "The id of a ticket field."), customField).optional(),
    })
    .refine(oneBody, "Give text or html."),
  output: touched,
  channel,
  purpose,
  address: "email",
  keepsOutput: true,
  // Every call carries the key as well, which Zendesk honours for two hours; a ticket is found for as long as it is kept.
  dedupe: { by: "lookup", settleMs: 5_000 },
  templates: {
    subject: "text",
    text: "text",
    html: "html",
    externalId: "text",
    requesterName: "text",
    tags: "json",
    customFields: "json",
  },
  rateLimit,
  timeoutMs: 30_000,
});

const comment = defineAction({
  title: "Adds a comment to a ticket.",
  input: z
    .object({ ticket, ...body, /** True shows it to the customer. */ public: z.boolean(), externalId })
    .refine(oneBody, "Give text or html."),
  output: touched,
  channel,
  purpose,
  address: "email",
  keepsOutput: true,
  // Zendesk knows no key here: the audit of the comment carries it, and the ticket is only changed as it was read.
  dedupe: { by: "lookup", settleMs: 5_000 },
  templates: { ticket: "text", text: "text", html: "html", externalId: "text" },
  rateLimit,
  timeoutMs: 30_000,
});

const tag = defineAction({
  title: "Adds tags to a ticket and removes others.",
  input: z
    .object({ ticket, add: tags.optional(), remove: tags.optional(), externalId })
    .refine(({ add = [], remove = [] }) => add.length + remove.length > 0, "Give add, remove or both."),
  output: touched,
  channel,
  purpose,
  address: "email",
  keepsOutput: true,
  dedupe: { by: "natural" },
  templates: { ticket: "text", add: "json", remove: "json", externalId: "text" },
  rateLimit,
  timeoutMs: 30_000,
});

const solve = defineAction({
  title: "Solves a ticket.",
  input: z.object({ ticket, externalId }),
  output: touched,
  channel,
  purpose,
  address: "email",
  keepsOutput: true,
  dedupe: { by: "natural" },
  templates: { ticket: "text", externalId: "text" },
  rateLimit,
  timeoutMs: 30_000,
});

const findOpenTickets = defineAction({
  title: "Finds the customer's tickets that are not solved, the 20 newest.",
  input: z.object({ externalId }),
  output: z.object({
    tickets: z.array(
      z.object({
        ticket: z.string(),
        subject: z.string(),
        status: z.string(),
        priority: z.string().nullable(),
        tags: z.array(z.string()),
        createdAt: z.string(),
        updatedAt: z.string(),
      }),
    ),
    /** True when the customer has more of them, or more tickets than were looked at. */
    more: z.boolean(),
  }),
  channel,
  purpose,
  address: "email",
  keepsOutput: true,
  dedupe: { by: "natural" },
  templates: { externalId: "text" },
  rateLimit,
  timeoutMs: 30_000,
});

/** What a journey can do at Zendesk. */
export const actions = { openTicket, comment, tag, solve, findOpenTickets };

type Inputs = { readonly [Name in keyof typeof actions]: z.infer<(typeof actions)[Name]["input"]> };

/** The rendered input of each action. */
export type InputOf<Name extends keyof Inputs> = Inputs[Name];
/** What has become of the ticket. */
export type Touched = z.infer<typeof touched>;
/** What was found of the customer's tickets. */
export type FoundTickets = z.infer<typeof findOpenTickets.output>;
