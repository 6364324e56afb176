import type { JourneyDefinition } from "@wend/journey";

const message = (label: string) => ({
  customer: "{{ event.properties.customer }}",
  label,
  count: "{{ profile.steps }}",
});

/**
 * Counts its own steps in the profile and shows the count in its messages: a step that is made twice, left out or
 * out of turn is seen in the run, in the profile and at the sink.
 */
export const journey: JourneyDefinition = {
  name: "Stop",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  start: "count-1",
  nodes: {
    "count-1": { type: "updateProfile", increment: { steps: 1 }, next: "first" },
    first: {
      type: "send",
      connection: "lookup",
      action: "lookup",
      input: message("first"),
      outcome: { policy: "exit" },
      next: "count-2",
    },
    "count-2": { type: "updateProfile", increment: { steps: 1 }, next: "pause" },
    pause: { type: "delay", for: "PT1S", next: "count-3" },
    "count-3": { type: "updateProfile", increment: { steps: 1 }, next: "second" },
    second: {
      type: "send",
      connection: "keyed",
      action: "keyed",
      input: message("second"),
      outcome: { policy: "exit" },
      next: "done",
    },
    done: { type: "end", outcome: "done" },
  },
};

/** The way of every run, and what its customer is told on it. */
export const expected = {
  nodes: ["count-1", "first", "count-2", "pause", "count-3", "second", "done"],
  messages: ["first 1", "second 3"],
  steps: 3,
} as const;
