import { z } from "zod";
import type { ZendeskFact } from "./signals.ts";
import type { Heard } from "./told.ts";

const id = z.union([z.string().min(1), z.int()]).transform(String);
const lower = z.string().transform((text) => text.toLowerCase());
const detail = z.object({
  id,
  subject: z.string().nullish(),
  status: lower,
  priority: lower.nullish(),
  tags: z.array(z.string()).nullish(),
  external_id: z.string().nullish(),
  requester_id: id.nullish(),
  via: z.object({ channel: z.string().nullish() }).nullish(),
});
const change = z.object({ current: lower.nullish(), previous: lower.nullish() });
const rating = z.object({
  satisfaction_score: z.object({ score: lower, comment: z.string().nullish() }),
});
const envelope = z.object({ id: z.string().min(1).max(200), time: z.string(), detail });

type Envelope = z.infer<typeof envelope>;
type Reader = (detail: Envelope["detail"], event: unknown) => ZendeskFact | undefined;

/** Events that are heard, and the fact that each is. */
const readers: { readonly [type: string]: Reader } = {
  "zen:event-type:ticket.created": ({ subject, via, ...ticket }) => ({
    name: "Ticket Opened",
    data: { ...stateOf(ticket), subject: subject ?? "", via: via?.channel ?? null },
  }),
  "zen:event-type:ticket.status_changed": readStatus,
  "zen:event-type:ticket.priority_changed": ({ id: ticket, status }, event) => {
    const { current, previous } = change.parse(event);
    return {
      name: "Ticket Priority Changed",
      data: { ticket, status, priority: current ?? null, previousPriority: previous ?? null },
    };
  },
  "zen:event-type:ticket.csat_received": ({ id: ticket }, event) => {
    const { score, comment } = rating.parse(event).satisfaction_score;
    return { name: "Satisfaction Rated", data: { ticket, score, comment: comment || null } };
  },
};

const isDone = (status: string) => status === "solved" || status === "closed";

function readStatus(detail: Envelope["detail"], event: unknown): ZendeskFact | undefined {
  const { current, previous } = change.extend({ current: lower, previous: lower }).parse(event);
  // From solved to closed nothing happens to the customer any more.
  if (isDone(current) === isDone(previous)) return undefined;
  const data = { ...stateOf(detail), status: current, previousStatus: previous };
  return { name: isDone(current) ? "Ticket Solved" : "Ticket Reopened", data };
}

const stateOf = ({ id: ticket, status, priority, tags }: Omit<Envelope["detail"], "subject" | "via">) => ({
  ticket,
  status,
  priority: priority ?? null,
  tags: tags ?? [],
});

/** The fact that a ticket event is; undefined for one that nobody waits for. Throws a ZodError for what is no event. */
export function readEvent(type: string, body: unknown): Heard | undefined {
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (read === undefined) return undefined;
  const { id: eventId, time, detail: ticket } = envelope.parse(body);
  const fact = read(ticket, (body as { event?: unknown }).event);
  if (fact === undefined) return undefined;
  return {
    fact: { ...fact, id: eventId, at: z.int().parse(Date.parse(time)) },
    told: { requesterId: ticket.requester_id ?? undefined, ticketKey: ticket.external_id ?? undefined },
  };
}
