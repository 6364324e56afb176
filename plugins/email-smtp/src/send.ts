import type { Sign } from "@wend/email";
import { withoutAddresses } from "@wend/email";
import type { MailInput } from "@wend/email/manifest";
import type { Accepted, ActionCall, PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { SendMailOptions } from "nodemailer";
import { compose } from "./compose.ts";
import type { Config } from "./config.ts";
import { toSmtpError } from "./smtp-error.ts";
import type { createPool, Tracked } from "./transport.ts";

type Sent = Accepted<{ messageId: string; response: string }>;

interface Sender {
  readonly config: Config;
  readonly host: PluginHost;
  readonly sign: Sign;
  readonly pool: ReturnType<typeof createPool>;
}

/** Makes the handler of `send`. */
export function createSend({ pool, ...composer }: Sender) {
  return async (call: ActionCall<MailInput>): Promise<Sent> => {
    const progress = { handedOver: false };
    const composed = await compose(composer, call);
    if (call.signal.aborted) throw new WendError("provider.unavailable", { detail: "Aborted before it was sent." });
    const mail: SendMailOptions & Tracked = { ...composed, signal: call.signal, progress };
    const info = await pool.sendMail(mail).catch((error: unknown) => {
      throw toSmtpError(error, progress);
    });
    const messageId = (info.serverMessageId ?? info.messageId).replace(/^<|>$/g, "");
    return { providerId: messageId, output: { messageId, response: withoutAddresses(info.response) } };
  };
}
