import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export interface Ticket {
  readonly id: number;
  readonly subject: string;
  status: string;
  readonly requester_id: number;
  readonly external_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

interface Customer {
  readonly id: number;
  readonly email: string;
  readonly external_id: string | null;
}

interface NewTicket {
  readonly subject: string;
  readonly external_id?: string;
  readonly requester_id?: number;
  readonly requester?: { readonly email: string };
  readonly comment: { readonly body: string };
}

type Answer = readonly [status: number, body: object];

/** A support desk that speaks as much of Zendesk's API as journeys need here, and keeps what it is told. */
export async function startDesk() {
  const customers: Customer[] = [];
  const tickets: Ticket[] = [];
  const comments: { readonly ticket: number; readonly body: string }[] = [];

  const addCustomer = (email: string, external_id: string | null = null): Customer => {
    const customer = { id: 100 + customers.length, email, external_id };
    customers.push(customer);
    return customer;
  };
  const addTicket = (requester_id: number, { subject = "Help", external_id = null as string | null } = {}): Ticket => {
    const at = "2026-01-02T03:04:05Z";
    const ticket = { id: 1_000 + tickets.length, subject, status: "open", requester_id, external_id };
    tickets.push({ ...ticket, created_at: at, updated_at: at });
    return tickets.at(-1)!;
  };
  const open = ({ subject, external_id, requester_id, requester, comment }: NewTicket): Answer => {
    const known = customers.find(({ email }) => email === requester?.email);
    const by = requester_id ?? (known ?? addCustomer(requester!.email)).id;
    const ticket = addTicket(by, { subject, external_id: external_id ?? null });
    comments.push({ ticket: ticket.id, body: comment.body });
    return [201, { ticket }];
  };
  const change = (id: number, { status, comment }: { status?: string; comment?: { body: string } }): Answer => {
    const ticket = tickets.find((one) => one.id === id);
    if (!ticket) return [404, { error: "RecordNotFound" }];
    if (status !== undefined) ticket.status = status;
    if (comment !== undefined) comments.push({ ticket: id, body: comment.body });
    return [200, { ticket, audit: { id: comments.length, metadata: { custom: {} } } }];
  };
  const search = (query: URLSearchParams): Answer => {
    const [id, email] = [query.get("external_id"), /^email:"(.*)"$/.exec(query.get("query") ?? "")?.[1]];
    return [200, { users: customers.filter((one) => (id === null ? one.email === email : one.external_id === id)) }];
  };

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://desk.test");
    const asked = `${request.method} ${pathname.replace(/\d{3,}/, "#")}`;
    const id = Number(/\d{3,}/.exec(pathname)?.[0]);
    const given = request.method === "GET" ? undefined : ((await json(request)) as { ticket: never });
    const answers: { readonly [asked: string]: () => Answer } = {
      "GET /api/v2/users/search": () => search(searchParams),
      "GET /api/v2/users/#/tickets/requested": () => [
        200,
        { tickets: tickets.filter(({ requester_id }) => requester_id === id).reverse(), meta: { has_more: false } },
      ],
      "GET /api/v2/tickets/#": () => change(id, {}),
      "PUT /api/v2/tickets/#": () => change(id, given!.ticket),
      "POST /api/v2/tickets": () => open(given!.ticket),
    };
    const [status, body] = answers[asked]?.() ?? [404, { error: "InvalidEndpoint" }];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    addCustomer,
    addTicket,
    /** Tickets of whoever has the address, the oldest first. */
    ticketsOf: (email: string) =>
      tickets.filter(({ requester_id }) => customers.find((one) => one.id === requester_id)?.email === email),
    comments: comments as readonly (typeof comments)[number][],
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
