import { defineJourney } from "@wend/journey";

export const JOURNEY_ID = "01900000-0000-7000-8000-00000000e001";

/** Four steps: a split, an update of the profile, a wait, and the end by a second event. */
export const journey = defineJourney({
  name: "Engine bench",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "always" },
  start: "by-plan",
  nodes: {
    "by-plan": {
      type: "split",
      branches: [{ label: "pro", when: { op: "eq", left: { ref: "profile.plan" }, right: "pro" }, next: "greet" }],
      else: "greet",
    },
    greet: { type: "updateProfile", set: { greeted: true }, next: "wait" },
    wait: {
      type: "waitForEvent",
      branches: [{ event: "Activated", next: "done" }],
      timeout: { after: "PT720H", next: "done" },
    },
    done: { type: "end", outcome: "done" },
  },
});
