import supportZendesk from "@wend/support-zendesk";
import zendesk from "node-zendesk";
import type { ChannelCase } from "../channel-case.ts";
import type { Customer } from "../customer.ts";
import { startHttpProvider } from "../http-provider.ts";

interface Config {
  readonly url: string;
  readonly email: string;
  readonly apiToken: string;
  readonly [field: string]: string;
}

const subjectOf = ({ order }: Customer) => `Order ${order} is late`;
const textOf = ({ name, order }: Customer) => `${name} has waited for ${order} for a week. Please call the carrier.`;
const tags = ["wend", "late_order"];

/** A ticket opened for a customer, in one request, beside node-zendesk: Zendesk has no client for Node of its own. */
export const channel: ChannelCase<Config> = {
  plugin: supportZendesk,
  action: "openTicket",
  client: "node-zendesk",
  ratePerSecond: 100_000,
  startProvider: (took) => {
    let lastId = 1_000;
    return startHttpProvider(({ body }) => {
      const { ticket } = JSON.parse(body);
      took(ticket.requester.email);
      return { status: 201, body: { ticket: ticketOf(ticket, ++lastId) } };
    });
  },
  config: ({ port }) => ({ url: `http://127.0.0.1:${port}`, email: "agent@shop.example", apiToken: "t0ken" }),
  input: (customer) => ({
    subject: subjectOf(customer),
    text: textOf(customer),
    requesterName: customer.name,
    priority: "high",
    tags,
  }),
  openClient: async ({ url, email, apiToken }) => {
    const { tickets } = zendesk.createClient({ endpointUri: `${url}/api/v2`, username: email, token: apiToken });
    return {
      send: ([customer]) =>
        tickets.create({
          ticket: {
            subject: subjectOf(customer!),
            comment: { body: textOf(customer!), public: true },
            external_id: customer!.id,
            metadata: { wend_key: customer!.id, wend_delivery: customer!.id },
            requester: { email: customer!.email, name: customer!.name },
            priority: "high",
            tags,
          },
        } as never),
    };
  },
};

const at = "2026-03-01T12:00:00Z";

/** A ticket as Zendesk answers it. */
const ticketOf = ({ subject, priority, tags, external_id }: Record<string, unknown>, id: number) => ({
  ...{ id, subject, priority, tags, external_id },
  url: `https://example.zendesk.com/api/v2/tickets/${id}.json`,
  status: "new",
  type: null,
  requester_id: id + 1_000_000,
  submitter_id: 1,
  assignee_id: null,
  custom_fields: [],
  via: { channel: "api", source: { from: {}, to: {}, rel: null } },
  created_at: at,
  updated_at: at,
});
