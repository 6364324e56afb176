import { defineJourney } from "@wend/journey";

/** Trigger, split, e-mail, a wait with timeout, an update, a goal. Needs a connection `mail`. */
export const welcomeJourney = defineJourney({
  name: "Welcome",
  timeZone: "Europe/Berlin",
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "never" },
  goal: { event: "Order Completed" },
  start: "plan",
  nodes: {
    plan: {
      type: "split",
      branches: [{ label: "pro", when: { op: "eq", left: { ref: "profile.plan" }, right: "pro" }, next: "mail" }],
      else: "done",
    },
    mail: {
      type: "send",
      connection: "mail",
      action: "send",
      input: { subject: "Welcome" },
      outcome: { policy: "continue" },
      next: "wait",
    },
    wait: {
      type: "waitForEvent",
      branches: [{ event: "Tour Finished", next: "done" }],
      timeout: { after: "PT48H", next: "done" },
    },
    done: { type: "end", outcome: "welcomed" },
  },
});
