import type { JourneyDefinition } from "@wend/journey";

const input = { customer: "{{ event.properties.customer }}", label: "only", count: "" };

/** One message through each sink, each after what became of the one before is known. */
export const journey: JourneyDefinition = {
  name: "Kill",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  start: "keyed",
  nodes: {
    keyed: { type: "send", connection: "keyed", action: "keyed", input, outcome: { policy: "exit" }, next: "lookup" },
    lookup: { type: "send", connection: "lookup", action: "lookup", input, outcome: { policy: "exit" }, next: "blind" },
    blind: {
      type: "send",
      connection: "blind",
      action: "blind",
      input,
      outcome: { policy: "branch", failed: "failed", suppressed: "failed", unknown: "held" },
      next: "done",
    },
    done: { type: "end", outcome: "done" },
    held: { type: "end", outcome: "held" },
    failed: { type: "end", outcome: "failed" },
  },
};
