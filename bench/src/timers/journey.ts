import { defineJourney } from "@wend/journey";

/** Enter, wait for thirty days, end. */
export const patience = defineJourney({
  name: "Patience",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "never" },
  start: "wait",
  nodes: {
    wait: { type: "delay", for: "PT720H", next: "done" },
    done: { type: "end", outcome: "waited" },
  },
});
