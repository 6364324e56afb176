import type { Accepted, ActionCall } from "@wend/plugin";
import type { FoundTickets, InputOf } from "./actions.ts";
import type { Api } from "./api.ts";
import { namesOf } from "./names.ts";
import { pagesOfRequested } from "./requested.ts";
import type { Ticket } from "./ticket.ts";
import { isOpen } from "./ticket.ts";
import { findUser } from "./user.ts";

/** Makes the handler of `findOpenTickets`. */
export function createFindOpenTickets(api: Api) {
  return async (call: ActionCall<InputOf<"findOpenTickets">>): Promise<Accepted<FoundTickets>> => {
    const { signal } = call;
    const user = await findUser(api, namesOf(call), signal);
    const found = { tickets: [] as FoundTickets["tickets"], more: false };
    if (user === undefined) return { output: found };
    for await (const page of pagesOfRequested(api, { userId: user.id, signal, acts: true })) {
      found.tickets.push(...page.tickets.filter(isOpen).map(summaryOf));
      found.more = page.more;
    }
    return { output: found };
  };
}

const summaryOf = ({ id, subject, status, priority, tags, created_at, updated_at }: Ticket) => ({
  ticket: String(id),
  subject: subject ?? "",
  status,
  priority: priority ?? null,
  tags,
  createdAt: created_at,
  updatedAt: updated_at,
});
