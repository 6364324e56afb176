import crmHubspot from "@wend/crm-hubspot";
import type { ChannelCase } from "../channel-case.ts";
import type { Customer } from "../customer.ts";
import { startHttpProvider } from "../http-provider.ts";
import type { HubspotConfig } from "./crm-hubspot.ts";
import { hubspotConfig, openHubspot, stamps } from "./crm-hubspot.ts";

interface Write {
  readonly id: string;
  readonly objectWriteTraceId: string;
  readonly properties: Readonly<Record<string, string>>;
}

const propertiesOf = ({ name, order }: Customer) => ({
  firstname: name,
  lifecyclestage: "customer",
  last_order: order,
  favourite_channel: "email",
});

/** Contacts upserted a hundred in one request, which the client is given all at once, beside HubSpot's own client. */
export const channel: ChannelCase<HubspotConfig> = {
  plugin: crmHubspot,
  action: "upsertContact",
  client: "@hubspot/api-client",
  // As many as the client's own limiter lets out.
  mostAtOnce: 6,
  startProvider: (took) => {
    let lastId = 1_000;
    return startHttpProvider(({ body }) => {
      const { inputs } = JSON.parse(body) as { readonly inputs: readonly Write[] };
      for (const { id } of inputs) took(id);
      return { status: 200, body: batchOf(inputs.map((write) => contactOf(write, ++lastId))) };
    });
  },
  config: hubspotConfig,
  input: (customer) => ({ contact: customer.email, properties: propertiesOf(customer) }),
  openClient: async (config, place) => {
    const { client, close } = openHubspot(config, place);
    return {
      send: (customers) =>
        client.crm.contacts.batchApi.upsert({
          inputs: customers.map((customer) => ({
            id: customer.email,
            idProperty: "email",
            objectWriteTraceId: customer.id,
            properties: { ...propertiesOf(customer), email: customer.email },
          })),
        }),
      close,
    };
  },
};

const contactOf = ({ objectWriteTraceId, properties }: Write, id: number) => ({
  id: String(id),
  properties: { ...properties, hs_object_id: String(id) },
  ...stamps,
  new: true,
  objectWriteTraceId,
});

const batchOf = (results: readonly object[]) => ({
  status: "COMPLETE",
  results,
  startedAt: stamps.createdAt,
  completedAt: stamps.updatedAt,
});
