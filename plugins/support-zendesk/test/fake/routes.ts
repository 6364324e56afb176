import type { FakeState, FakeTicket, FakeUser } from "./state.ts";
import { invalid, Refused } from "./state.ts";

/** One request as it arrived. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

type Route = (state: FakeState, asked: Asked, id: number) => Answer;

const open = new Set(["new", "open", "pending", "hold"]);

const userOf = (user: FakeUser) => ({ ...user, active: true, verified: true });

const ticketOf = (ticket: FakeTicket) => ({
  ...ticket,
  url: `https://example.zendesk.com/api/v2/tickets/${ticket.id}.json`,
  via: { channel: "api", source: {} },
});

function page<T>(all: readonly T[], { query }: Asked): { rows: T[]; meta: object } {
  const size = Number(query.get("page[size]") ?? 100);
  const from = Number(query.get("page[after]") ?? 0);
  const more = from + size < all.length;
  return {
    rows: all.slice(from, from + size),
    meta: { has_more: more, after_cursor: more ? String(from + size) : null, before_cursor: null },
  };
}

const me: Route = (state, { headers }) => {
  const agent = state.users.find(({ role }) => role !== "end-user");
  const known = headers.authorization !== "Basic d3Jvbmc=";
  return { status: 200, body: { user: known ? agent && userOf(agent) : { id: null, name: "Anonymous user" } } };
};

const searchUsers: Route = ({ users }, { query }) => {
  const externalId = query.get("external_id");
  const email = /^email:"([^"]*)"$/.exec(query.get("query") ?? "")?.[1];
  const found = users.filter((user) =>
    externalId !== null
      ? user.external_id === externalId
      : email !== undefined && user.email?.toLowerCase().startsWith(email.toLowerCase()),
  );
  return { status: 200, body: { users: found.map(userOf), count: found.length, next_page: null, previous_page: null } };
};

const createOrUpdate: Route = (state, { body }) => {
  const { user } = JSON.parse(body) as { user: { name: string; email: string; external_id: string } };
  const { name, email, external_id } = user;
  const known = state.users.find((one) => one.external_id === external_id || one.email === email);
  if (known?.external_id && known.external_id !== external_id) throw invalid("email", "DuplicateValue");
  if (known) Object.assign(known, { name, email, external_id });
  const changed = known ?? state.addUser({ name, email, external_id });
  return { status: known ? 200 : 201, body: { user: userOf(changed) } };
};

const showUser: Route = ({ users }, _asked, id) => {
  const user = users.find((one) => one.id === id);
  if (!user) throw new Refused(404, { error: "RecordNotFound", description: "Not found" });
  return { status: 200, body: { user: userOf(user) } };
};

const requested: Route = (state, asked, id) => {
  const own = state.tickets.filter(({ requester_id }) => requester_id === id).sort((a, b) => b.id - a.id);
  const { rows, meta } = page(own, asked);
  return { status: 200, body: { tickets: rows.map(ticketOf), meta, links: { next: null, prev: null } } };
};

const listTickets: Route = ({ tickets }, { query }) => {
  const found = tickets.filter(({ external_id }) => external_id === query.get("external_id"));
  return { status: 200, body: { tickets: found.map(ticketOf), count: found.length, next_page: null } };
};

const createTicket: Route = (state, { body, headers }) => {
  const key = String(headers["idempotency-key"] ?? "");
  const kept = state.keptFor(key);
  if (kept !== undefined) {
    if (kept.body !== body) {
      const description = "Request parameters don't match the given idempotency key";
      throw new Refused(400, { error: "IdempotentRequestError", description });
    }
    const replayed = { ticket: ticketOf(state.ticket(kept.ticket)) };
    return { status: 201, body: replayed, headers: { "x-idempotency-lookup": "hit" } };
  }
  const { ticket: given } = JSON.parse(body);
  if (given.subject === "Too long") throw invalid("subject", "ValueTooLong");
  const { comment, metadata, requester, requester_id, ...fields } = given;
  const requesterId =
    requester_id ?? (state.users.find(({ email }) => email === requester.email) ?? state.addUser(requester)).id;
  const ticket = state.addTicket({ status: "new", ...fields, requester_id: requesterId });
  state.audit(
    ticket,
    [{ type: "Create", field_name: "subject", value: ticket.subject }, commentEvent(state, comment)],
    metadata,
  );
  if (key !== "") state.keys.set(key, { body, ticket: ticket.id, at: state.now });
  return { status: 201, body: { ticket: ticketOf(ticket) }, headers: { "x-idempotency-lookup": "miss" } };
};

const commentEvent = (state: FakeState, comment: { body?: string; html_body?: string; public?: boolean }) => ({
  id: state.nextId(),
  type: "Comment",
  body: comment.body ?? comment.html_body,
  html_body: comment.html_body ?? comment.body,
  public: comment.public ?? true,
});

const showTicket: Route = (state, _asked, id) => ({ status: 200, body: { ticket: ticketOf(state.ticket(id)) } });

const updateTicket: Route = (state, { body }, id) => {
  const ticket = state.ticket(id);
  if (ticket.status === "closed") throw invalid("status", "InvalidValue");
  const { comment, metadata, safe_update, updated_stamp, ...fields } = JSON.parse(body).ticket;
  if (safe_update === true && updated_stamp !== ticket.updated_at) {
    const description =
      "Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.";
    throw new Refused(409, { error: "UpdateConflict", description });
  }
  Object.assign(ticket, fields);
  const changes = Object.entries(fields).map(([field_name, value]) => ({ type: "Change", field_name, value }));
  const audit = state.audit(ticket, comment ? [commentEvent(state, comment), ...changes] : changes, metadata);
  return { status: 200, body: { ticket: ticketOf(ticket), audit } };
};

const audits: Route = (state, asked, id) => {
  state.ticket(id);
  const own = state.audits.filter(({ ticket_id }) => ticket_id === id);
  const { rows, meta } = page(asked.query.get("sort") === "-created_at" ? own.reverse() : own, asked);
  return { status: 200, body: { audits: rows, meta, links: { next: null, prev: null } } };
};

const changeTags =
  (change: (tags: string[], given: string[]) => string[], status: number): Route =>
  (state, { body }, id) => {
    const ticket = state.ticket(id);
    if (!open.has(ticket.status) && ticket.status !== "solved") throw invalid("status", "InvalidValue");
    const given = (JSON.parse(body) as { tags: string[] }).tags.map((tag) => tag.toLowerCase());
    const tags = change(ticket.tags, given);
    if (tags.join() !== ticket.tags.join()) {
      ticket.tags = tags;
      state.audit(ticket, [{ type: "Change", field_name: "tags" }]);
    }
    return status === 204 ? { status } : { status, body: { tags } };
  };

const routes: readonly [method: string, path: RegExp, route: Route][] = [
  ["GET", /^\/api\/v2\/users\/me$/, me],
  ["GET", /^\/api\/v2\/users\/search$/, searchUsers],
  ["POST", /^\/api\/v2\/users\/create_or_update$/, createOrUpdate],
  ["GET", /^\/api\/v2\/users\/(\d+)$/, showUser],
  ["GET", /^\/api\/v2\/users\/(\d+)\/tickets\/requested$/, requested],
  ["GET", /^\/api\/v2\/tickets$/, listTickets],
  ["POST", /^\/api\/v2\/tickets$/, createTicket],
  ["GET", /^\/api\/v2\/tickets\/(\d+)$/, showTicket],
  ["PUT", /^\/api\/v2\/tickets\/(\d+)$/, updateTicket],
  ["GET", /^\/api\/v2\/tickets\/(\d+)\/audits$/, audits],
  ["PUT", /^\/api\/v2\/tickets\/(\d+)\/tags$/, changeTags((tags, given) => [...new Set([...tags, ...given])], 200)],
  [
    "DELETE",
    /^\/api\/v2\/tickets\/(\d+)\/tags$/,
    changeTags((tags, given) => tags.filter((tag) => !given.includes(tag)), 204),
  ],
];

export function answer(state: FakeState, asked: Asked): Answer {
  for (const [method, path, route] of routes) {
    const match = method === asked.method ? path.exec(asked.path) : null;
    if (match) return run(() => route(state, asked, Number(match[1])));
  }
  return { status: 404, body: { error: "InvalidEndpoint", description: "Not found" } };
}

function run(route: () => Answer): Answer {
  try {
    return route();
  } catch (error) {
    if (error instanceof Refused) return { status: error.status, body: error.body };
    throw error;
  }
}
