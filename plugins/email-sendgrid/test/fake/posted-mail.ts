import { z } from "zod";

const person = z.strictObject({ email: z.string(), name: z.string().optional() });
const setting = z.strictObject({ enable: z.boolean(), enable_text: z.boolean().optional() });
const texts = z.record(z.string(), z.string());

/** The body of `POST /v3/mail/send` as SendGrid's reference describes it, as far as a mail to one address needs it. */
export const postedMail = z.strictObject({
  personalizations: z.array(z.strictObject({ to: z.array(person).min(1), custom_args: texts.optional() })).min(1),
  from: person,
  reply_to: person.optional(),
  subject: z.string().min(1),
  content: z.array(z.strictObject({ type: z.string().min(1), value: z.string().min(1) })).min(1),
  attachments: z
    .array(
      z.strictObject({
        content: z.base64().min(1),
        filename: z.string().min(1),
        type: z.string().min(1).optional(),
        disposition: z.enum(["inline", "attachment"]).optional(),
        content_id: z.string().optional(),
      }),
    )
    .optional(),
  headers: texts.optional(),
  tracking_settings: z
    .strictObject({ click_tracking: setting, open_tracking: setting, subscription_tracking: setting })
    .optional(),
  mail_settings: z.strictObject({ sandbox_mode: setting }).optional(),
});

export type PostedMail = z.infer<typeof postedMail>;
