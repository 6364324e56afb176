import { defineJourney } from "@wend/journey";

/** Event, split, webhook, end: both branches call, each with another path. */
export const welcome = defineJourney({
  name: "Welcome call",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "never" },
  start: "by-plan",
  nodes: {
    "by-plan": {
      type: "split",
      branches: [
        { label: "pro", when: { op: "eq", left: { ref: "event.properties.plan" }, right: "pro" }, next: "call-pro" },
      ],
      else: "call-free",
    },
    "call-pro": {
      type: "webhook",
      connection: "crm",
      input: { path: "/pro", body: { customer: "{{ event.properties.customerId }}", plan: "pro" } },
      outcome: { policy: "continue" },
      next: "done",
    },
    "call-free": {
      type: "webhook",
      connection: "crm",
      input: { path: "/free", body: { customer: "{{ event.properties.customerId }}", plan: "free" } },
      outcome: { policy: "continue" },
      next: "done",
    },
    done: { type: "end", outcome: "called" },
  },
});
