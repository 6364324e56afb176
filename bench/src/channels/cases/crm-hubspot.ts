import { Agent } from "node:http";
import { Client } from "@hubspot/api-client";
import crmHubspot from "@wend/crm-hubspot";
import type { ChannelCase, Place } from "../channel-case.ts";
import type { Customer } from "../customer.ts";
import { startHttpProvider } from "../http-provider.ts";

export interface HubspotConfig {
  readonly token: string;
  readonly apiUrl: string;
  readonly [field: string]: string;
}

export const hubspotConfig = ({ port }: Place): HubspotConfig => ({
  token: "pat-bench",
  apiUrl: `http://127.0.0.1:${port}`,
});

/** HubSpot's own client, without the limiter and the retries that it offers. */
export function openHubspot({ token, apiUrl }: HubspotConfig, { concurrency }: Place) {
  const httpAgent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const client = new Client({ accessToken: token, basePath: apiUrl, httpAgent });
  return { client, close: () => httpAgent.destroy() };
}

/** HubSpot's number for "task to contact". */
const associationTypeId = 204;
const dueAt = "2026-03-02T09:00:00.000Z";

const subjectOf = ({ order }: Customer) => `Call about ${order}`;
const bodyOf = ({ name, order }: Customer) => `<p>${name} waits for ${order}: offer to send it again.</p>`;

/** A task for a contact, which has to be looked up first: two requests, beside HubSpot's own client. */
export const channel: ChannelCase<HubspotConfig> = {
  plugin: crmHubspot,
  action: "createTask",
  client: "@hubspot/api-client",
  startProvider: (took) =>
    startHttpProvider(({ line, body }) => {
      const [, id] = /^GET \/crm\/v3\/objects\/contacts\/customer-(\d+)/.exec(line) ?? [];
      if (id !== undefined) return { status: 200, body: recordOf(id, { email: `customer-${id}@shop.example` }) };
      const { properties, associations } = JSON.parse(body);
      took(associations[0].to.id);
      return { status: 201, body: recordOf(associations[0].to.id, properties) };
    }),
  config: hubspotConfig,
  input: (customer) => ({
    contact: customer.email,
    subject: subjectOf(customer),
    body: bodyOf(customer),
    dueAt,
    priority: "HIGH",
    type: "CALL",
  }),
  openClient: async (config, place) => {
    const { client, close } = openHubspot(config, place);
    const { contacts, objects } = client.crm;
    return {
      send: async ([customer]) => {
        const email = encodeURIComponent(customer!.email);
        const { id } = await contacts.basicApi.getById(email, undefined, undefined, undefined, undefined, "email");
        const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }];
        const task = {
          hs_task_subject: subjectOf(customer!),
          hs_task_body: bodyOf(customer!),
          hs_timestamp: dueAt,
          hs_task_status: "NOT_STARTED",
          hs_task_type: "CALL",
          hs_task_priority: "HIGH",
          wend_delivery_key: customer!.id,
        };
        await objects.tasks.basicApi.create({ properties: task, associations: [{ to: { id }, types }] } as never);
      },
      close,
    };
  },
};

export const stamps = {
  createdAt: "2026-03-01T12:00:00.000Z",
  updatedAt: "2026-03-01T12:00:00.000Z",
  archived: false,
};

const recordOf = (id: string, properties: Readonly<Record<string, string>>) => ({
  id,
  properties: { ...properties, hs_object_id: id },
  ...stamps,
});
