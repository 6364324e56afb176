import { defineJourney } from "@wend/journey";

const input = { customer: "{{ event.properties.customer }}", label: "only", count: "" };

const sendBy = (sink: string) =>
  ({
    type: "send",
    connection: sink,
    action: sink,
    input,
    outcome: { policy: "branch", failed: "failed", suppressed: "failed", unknown: "held" },
    next: "done",
  }) as const;

const isFor = (sink: string) => ({ op: "eq", left: { ref: "event.properties.sink" }, right: sink }) as const;

/** One message to each customer, by the sink that the event names. */
export const journey = defineJourney({
  name: "Provider",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  start: "sink",
  nodes: {
    sink: {
      type: "split",
      branches: [
        { when: isFor("keyed"), next: "keyed" },
        { when: isFor("lookup"), next: "lookup" },
      ],
      else: "blind",
    },
    keyed: sendBy("keyed"),
    lookup: sendBy("lookup"),
    blind: sendBy("blind"),
    done: { type: "end", outcome: "done" },
    held: { type: "end", outcome: "held" },
    failed: { type: "end", outcome: "failed" },
  },
});
