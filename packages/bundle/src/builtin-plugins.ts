import crmHubspot from "@wend/crm-hubspot";
import emailSendgrid from "@wend/email-sendgrid";
import emailSmtp from "@wend/email-smtp";
import type { Plugin } from "@wend/plugin";
import smsTwilio from "@wend/sms-twilio";
import supportZendesk from "@wend/support-zendesk";
import web from "@wend/web";
import webhook from "@wend/webhook";

/** The plugins that every host has. */
export const builtinPlugins: readonly Plugin[] = [
  crmHubspot,
  emailSendgrid,
  emailSmtp,
  smsTwilio,
  supportZendesk,
  web,
  webhook,
] as unknown as readonly Plugin[];
