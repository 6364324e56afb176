import { defineJourney } from "@wend/journey";

/** An event, one call of the plugin, the end. */
export const echo = defineJourney({
  name: "Echo",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Opened" }],
  entry: { reentry: "always" },
  start: "note",
  nodes: {
    note: {
      type: "send",
      connection: "recorder",
      action: "record",
      input: { event: "{{ event.properties.n }}" },
      outcome: { policy: "continue" },
      next: "done",
    },
    done: { type: "end", outcome: "noted" },
  },
});
