import { z } from "zod";
import type { Heard } from "./told.ts";

/** What the trigger's body says it is. */
export const RATING = "wend.satisfaction_rated";

// A placeholder of Zendesk's that has no value renders to nothing.
const text = z.string().transform((written) => (written.trim() === "" ? undefined : written.trim()));

const rating = z.object({
  ticket: z.union([z.string().min(1).max(100), z.int()]).transform(String),
  score: z.string().min(1).max(100),
  comment: text.optional(),
  rated_at: text.refine((written = "") => written.length <= 100, "A time.").optional(),
  ticket_external_id: text.optional(),
  requester_external_id: text.optional(),
  requester_email: text.optional(),
});

/** The rating that a trigger tells of, in the body that the README gives. Throws a ZodError for any other. */
export function readRating(body: unknown, signedAt: number): Heard {
  const { ticket, comment = null, rated_at = "", ...said } = rating.parse(body);
  // `Good, I'm satisfied` in some accounts, `good` in others.
  const score = /^[a-z0-9]+/i.exec(said.score.trim())?.[0].toLowerCase() ?? said.score;
  const ratedAt = Date.parse(rated_at);
  return {
    fact: {
      name: "Satisfaction Rated",
      id: `rating:${ticket}:${score}:${rated_at || signedAt}`,
      at: Number.isNaN(ratedAt) ? signedAt : ratedAt,
      data: { ticket, score, comment },
    },
    told: {
      requesterExternalId: said.requester_external_id,
      requesterEmail: said.requester_email,
      ticketKey: said.ticket_external_id,
    },
  };
}
