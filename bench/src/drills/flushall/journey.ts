import type { JourneyDefinition } from "@wend/journey";

/** How long a customer's second message comes after the first, by the journey. */
export const pauseMs = 1_000;

const message = (label: string) => ({ customer: "{{ event.properties.customer }}", label, count: "" });

/** Two messages with a pause between them: wakes by events, by outcomes and by timers, all of which can be lost. */
export const journey: JourneyDefinition = {
  name: "Flush",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  start: "first",
  nodes: {
    first: {
      type: "send",
      connection: "lookup",
      action: "lookup",
      input: message("first"),
      outcome: { policy: "exit" },
      next: "pause",
    },
    pause: { type: "delay", for: "PT1S", next: "second" },
    second: {
      type: "send",
      connection: "lookup",
      action: "lookup",
      input: message("second"),
      outcome: { policy: "exit" },
      next: "done",
    },
    done: { type: "end", outcome: "done" },
  },
};
