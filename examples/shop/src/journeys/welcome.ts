import { defineJourney } from "../authoring.ts";

/** Waits for the profile to be completed, and lets the CRM greet. */
export const welcome = defineJourney({
  name: "Welcome",
  timeZone: "Europe/Berlin",
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "never" },
  goal: { event: "Order Completed" },
  start: "profile",
  nodes: {
    profile: {
      type: "waitForEvent",
      branches: [{ event: "Profile Completed", next: "greet" }],
      timeout: { after: "P3D", next: "silent" },
    },
    greet: {
      type: "webhook",
      connection: "crm",
      input: { body: { case: "welcome", customer: "{{ profile.name }}" } },
      outcome: { policy: "continue" },
      next: "greeted",
    },
    greeted: { type: "end", outcome: "greeted" },
    silent: { type: "end", outcome: "silent" },
  },
});
