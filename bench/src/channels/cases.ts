import type { ChannelCase } from "./channel-case.ts";

type Load = () => Promise<{ readonly channel: ChannelCase }>;

/** By the plugin's id, and by what is special about it where there are several of one plugin. */
const cases: Readonly<Record<string, Load>> = {
  "email-smtp": () => import("./cases/email-smtp.ts"),
  "email-sendgrid": () => import("./cases/email-sendgrid.ts"),
  "sms-twilio": () => import("./cases/sms-twilio.ts"),
  "crm-hubspot": () => import("./cases/crm-hubspot.ts"),
  "crm-hubspot-batch": () => import("./cases/crm-hubspot-batch.ts"),
  "support-zendesk": () => import("./cases/support-zendesk.ts"),
  web: () => import("./cases/web.ts"),
  webhook: () => import("./cases/webhook.ts"),
};

export const caseNames: readonly string[] = Object.keys(cases);

export const loadCase = async (name: string): Promise<ChannelCase> => (await cases[name]!()).channel;
