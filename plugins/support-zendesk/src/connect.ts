import type { PluginHost } from "@wend/plugin";
import { createApi } from "./api.ts";
import { check } from "./check.ts";
import { createComment } from "./comment.ts";
import { createCommentTarget } from "./comment-target.ts";
import type { Config } from "./config.ts";
import { createFindOpenTickets } from "./find-open-tickets.ts";
import { createFindTicket } from "./find-ticket.ts";
import { createLookup } from "./lookup.ts";
import { createOpenTicket } from "./open-ticket.ts";
import { createReceive } from "./receive.ts";
import { createSolve } from "./solve.ts";
import { createTag } from "./tag.ts";

export async function connectZendesk(config: Config, host: PluginHost) {
  const api = createApi(config, host);
  const findTicket = createFindTicket(api, host);
  const target = createCommentTarget(host.state);
  return {
    actions: {
      openTicket: createOpenTicket(api),
      comment: createComment({ api, findTicket, target }),
      tag: createTag(api, findTicket),
      solve: createSolve(api, findTicket),
      findOpenTickets: createFindOpenTickets(api),
    },
    lookup: createLookup(api, target),
    receive: createReceive(config, host, api),
    check: (signal: AbortSignal) => check(api, config, signal),
  };
}
