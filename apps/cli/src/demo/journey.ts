import { manifest as smtp } from "@wend/email-smtp/manifest";
import { createAuthoring } from "@wend/journey";
import { manifest as webhook } from "@wend/webhook/manifest";

const { defineJourney } = createAuthoring({ connections: { mail: smtp, crm: webhook } });

/** The onboarding journey of the demo: welcome, wait for the first use, tell the CRM or remind, until the first order. */
export const onboarding = defineJourney({
  name: "Onboarding",
  timeZone: "Europe/Berlin",
  triggers: [{ type: "event", event: "Signed Up" }],
  entry: { reentry: "never" },
  exits: [{ name: "account-closed", event: "Account Closed" }],
  goal: { event: "Order Completed" },
  start: "by-plan",
  nodes: {
    "by-plan": {
      type: "split",
      branches: [
        { label: "pro", when: { op: "eq", left: { ref: "profile.plan" }, right: "pro" }, next: "welcome-pro" },
      ],
      else: "welcome",
    },
    "welcome-pro": {
      type: "send",
      connection: "mail",
      action: "send",
      topic: "onboarding",
      input: {
        subject: "Welcome to the pro plan, {{ profile.firstName }}",
        text: "Hello {{ profile.firstName }}, your team of {{ event.properties.seats }} is ready.",
        html: "<p>Hello {{ profile.firstName }}, your team of {{ event.properties.seats }} is ready.</p>",
      },
      outcome: { policy: "continue" },
      next: "first-use",
    },
    welcome: {
      type: "send",
      connection: "mail",
      action: "send",
      topic: "onboarding",
      input: {
        subject: "Welcome, {{ profile.firstName }}",
        text: "Hello {{ profile.firstName }}, good to have you.",
        html: "<p>Hello {{ profile.firstName }}, good to have you.</p>",
      },
      outcome: { policy: "continue" },
      next: "first-use",
    },
    "first-use": {
      type: "waitForEvent",
      branches: [{ event: "Activated", as: "activation", next: "tell-crm" }],
      timeout: { after: "PT72H", next: "remind" },
    },
    "tell-crm": {
      type: "webhook",
      connection: "crm",
      input: { body: { customer: "{{ event.properties.customerId }}", feature: "{{ vars.activation.feature }}" } },
      outcome: { policy: "continue" },
      next: "first-order",
    },
    remind: {
      type: "send",
      connection: "mail",
      action: "send",
      topic: "onboarding",
      input: {
        subject: "Shall we help you start?",
        text: "Hello {{ profile.firstName }}, three days in: here is how to begin.",
      },
      outcome: { policy: "continue" },
      next: "first-order",
    },
    "first-order": {
      type: "waitForEvent",
      branches: [{ event: "Trial Extended", next: "done" }],
      timeout: { after: "P14D", next: "done" },
    },
    done: { type: "end", outcome: "no-order" },
  },
});
