import type { NewEvent } from "@wend/core";
import type { JourneyDefinition, JsonObject } from "@wend/journey";
import { defineJourney } from "@wend/journey";
import type { ChannelCase, Place } from "./channel-case.ts";
import type { Customer } from "./customer.ts";
import { templateCustomer } from "./customer.ts";

export const traitsOf = (channel: ChannelCase, place: Place, customer: Customer): JsonObject => {
  const { name, email, phone } = customer;
  return { name, email, phone, ...channel.traits?.(customer, place) };
};

const eventOf = ({ plugin, action }: ChannelCase): string => `Ordered, ${plugin.manifest.id} ${action}`;

/** What a backend tells of a customer's order: who it is, and what happened. */
export function orderingOf(channel: ChannelCase, place: Place, customer: Customer): NewEvent[] {
  const { id: userId, order } = customer;
  return [
    { kind: "identify", name: "$identify", userId, traits: traitsOf(channel, place, customer) },
    { kind: "track", name: eventOf(channel), userId, properties: { id: userId, order } },
  ];
}

/** An order, one delivery, the end. */
export const journeyOf = (channel: ChannelCase, connection: string): JourneyDefinition =>
  defineJourney({
    name: eventOf(channel),
    timeZone: "UTC",
    triggers: [{ type: "event", event: eventOf(channel) }],
    entry: { reentry: "always" },
    start: "tell",
    nodes: {
      tell: {
        type: "send",
        connection,
        action: channel.action,
        input: channel.input(templateCustomer),
        purpose: "transactional",
        outcome: { policy: "continue" },
        next: "done",
      },
      done: { type: "end", outcome: "told" },
    },
  });
