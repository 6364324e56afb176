import type { Signal } from "@wend/plugin";
import { z } from "zod";

const ticket = z.string();
const priority = z.string().nullable();
const tags = z.array(z.string());

/** Facts that Zendesk's webhooks bring in. Statuses, priorities and scores are in lower case, as in Zendesk's API. */
export const signals = {
  "Ticket Opened": {
    title: "A ticket of the customer was opened.",
    data: z.object({
      ticket,
      subject: z.string(),
      status: z.string(),
      priority,
      tags,
      /** `web`, `email`, `api`, … */
      via: z.string().nullable(),
    }),
  },
  "Ticket Solved": {
    title: "A ticket of the customer was solved.",
    data: z.object({ ticket, status: z.string(), previousStatus: z.string(), priority, tags }),
  },
  "Ticket Reopened": {
    title: "A solved ticket of the customer was opened again.",
    data: z.object({ ticket, status: z.string(), previousStatus: z.string(), priority, tags }),
  },
  "Ticket Priority Changed": {
    title: "A ticket of the customer got another priority.",
    data: z.object({ ticket, status: z.string(), priority, previousPriority: priority }),
  },
  "Satisfaction Rated": {
    title: "The customer said how satisfied they are with a ticket.",
    data: z.object({
      ticket,
      /** `good` or `bad`. */
      score: z.string(),
      comment: z.string().nullable(),
    }),
  },
};

/** One signal of Zendesk's. */
export type ZendeskSignal = Signal<typeof signals>;

/** What happened, before it is known to whom. */
export type ZendeskFact = {
  readonly [Name in keyof typeof signals]: {
    readonly name: Name;
    readonly data: z.input<(typeof signals)[Name]["data"]>;
  };
}[keyof typeof signals];
