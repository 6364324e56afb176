import type { Mail, MailComposer } from "@wend/email";
import { composeMail, createSigner } from "@wend/email";
import { mailAction, senderFields } from "@wend/email/manifest";
import type { ActionCall, PluginHost } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { z } from "zod";

/** The delivery of every call here. */
export const deliveryId = "01980000-0000-7000-8000-000000000001";
/** The smallest input there is. */
export const hello = { subject: "Hello", text: "Hello Ada" };

type Overrides = Partial<ActionCall<unknown>>;

/** A connection's composer, and a function that makes mails as a provider's action would. */
export function openComposer(sender: object = {}, parts: Partial<PluginHost> & Pick<MailComposer, "untracked"> = {}) {
  const { untracked, ...hostParts } = parts;
  const host = createTestHost(hostParts);
  const composer: MailComposer = {
    sender: z.object(senderFields).parse({ from: "shop@example.com", ...sender }),
    host,
    sign: createSigner(host),
    ...(untracked !== undefined && { untracked }),
  };
  const compose = (input: object, overrides: Overrides = {}): Promise<Mail> =>
    composeMail(composer, {
      address: "ada@example.com",
      idempotencyKey: "run-1:1",
      deliveryId,
      profileId: "profile-1",
      attempt: 1,
      purpose: "promotional",
      signal: new AbortController().signal,
      ...overrides,
      input: mailAction.input.parse(input),
    });
  return { host, compose };
}
