import { defineJourney } from "@wend/journey";

/** Key of the connection that records what would be sent. */
export const CONNECTION = "mail";

const send = (template: "winback" | "second-order") =>
  ({
    type: "send",
    connection: CONNECTION,
    action: "send",
    input: { template },
    outcome: { policy: "continue" },
    next: "lapsed",
  }) as const;

/** After every order: if the next one does not come within sixty days to the second, write to the customer. */
export const journey = defineJourney({
  name: "Next order",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Order Completed" }],
  entry: { reentry: "afterExit" },
  start: "next-order",
  nodes: {
    "next-order": {
      type: "waitForEvent",
      branches: [{ event: "Order Completed", next: "reordered" }],
      timeout: { after: "PT1440H", next: "orders-so-far" },
    },
    reordered: { type: "end", outcome: "reordered" },
    "orders-so-far": {
      type: "split",
      branches: [
        {
          when: { op: "gte", left: { count: { event: "Order Completed" } }, right: 2 },
          label: "several",
          next: "winback",
        },
      ],
      else: "second-order",
    },
    winback: send("winback"),
    "second-order": send("second-order"),
    lapsed: { type: "end", outcome: "lapsed" },
  },
});
