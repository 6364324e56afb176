import { defineJourney } from "../authoring.ts";

/** Tells the CRM of a cart that was left behind. */
export const cart = defineJourney({
  name: "Cart left behind",
  timeZone: "Europe/Berlin",
  triggers: [
    {
      type: "event",
      event: "Cart Filled",
      where: { op: "gte", left: { ref: "event.properties.total" }, right: 20 },
    },
  ],
  entry: { key: { ref: "event.properties.cartId" }, reentry: "never" },
  goal: {
    event: "Order Completed",
    where: {
      op: "eq",
      left: { ref: "signal.properties.cartId" },
      right: { ref: "event.properties.cartId" },
    },
  },
  start: "patience",
  nodes: {
    patience: { type: "delay", for: "PT2S", next: "remind" },
    remind: {
      type: "webhook",
      connection: "crm",
      input: {
        body: { cart: "{{ event.properties.cartId }}", case: "cart", customer: "{{ profile.name }}" },
      },
      outcome: { policy: "branch", failed: "lost", suppressed: "lost" },
      next: "reminded",
    },
    reminded: { type: "end", outcome: "reminded" },
    lost: { type: "end", outcome: "lost" },
  },
});
