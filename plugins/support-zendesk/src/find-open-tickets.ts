import type { Accepted, ActionCall } from "@wend/plugin";
import { storableText } from "@wend/plugin";
import type { FoundTickets, InputOf } from "./actions.ts";
import type { Api } from "./api.ts";
import { namesOf } from "./names.ts";
import { pagesOfRequested } from "./requested.ts";
import type { Ticket } from "./ticket.ts";
import { isOpen } from "./ticket.ts";
import { findUser } from "./user.ts";

// What a journey keeps of a customer is small, whatever stands in Zendesk.
const MOST_TICKETS = 20;
const MOST_TAGS = 10;
const SUBJECT = 200;

/** Makes the handler of `findOpenTickets`. */
export function createFindOpenTickets(api: Api) {
  return async (call: ActionCall<InputOf<"findOpenTickets">>): Promise<Accepted<FoundTickets>> => {
    const { signal } = call;
    const user = await findUser(api, namesOf(call), signal);
    const open: Ticket[] = [];
    let more = false;
    if (user === undefined) return { output: { tickets: [], more } };
    for await (const page of pagesOfRequested(api, { userId: user.id, signal, acts: true })) {
      open.push(...page.tickets.filter(isOpen));
      more = page.more || open.length > MOST_TICKETS;
      if (open.length > MOST_TICKETS) break;
    }
    return { output: { tickets: open.slice(0, MOST_TICKETS).map(summaryOf), more } };
  };
}

const summaryOf = ({ id, subject, status, priority, tags, created_at, updated_at }: Ticket) => ({
  ticket: String(id),
  subject: storableText(subject ?? "", SUBJECT),
  status,
  priority: priority ?? null,
  tags: tags.slice(0, MOST_TAGS),
  createdAt: created_at,
  updatedAt: updated_at,
});
