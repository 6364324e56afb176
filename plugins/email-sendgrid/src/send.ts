import type { Sign } from "@wend/email";
import { composeMail } from "@wend/email";
import type { MailInput } from "@wend/email/manifest";
import type { Accepted, ActionCall, PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { Api } from "./api.ts";
import type { Config } from "./config.ts";
import { marksOf } from "./marks.ts";
import { writeMessage } from "./message.ts";
import type { SendOutput } from "./send-action.ts";
import type { SendgridAnswer } from "./sendgrid-error.ts";

interface Sending {
  readonly config: Config;
  readonly host: PluginHost;
  readonly api: Api;
  readonly sign: Sign;
}

/** Makes the handler of `send`. */
export function createSend({ config, host, api, sign }: Sending) {
  // SendGrid tracks by itself, with links of the account's own domain.
  const sender = { ...config, trackOpens: false, trackClicks: false };
  const composer = { sender, host, sign, ...(config.trackClicks && { untracked: "clicktracking=off" }) };
  return async (call: ActionCall<MailInput>): Promise<Accepted<SendOutput>> => {
    const mail = await composeMail(composer, call);
    const body = writeMessage(mail, marksOf(host.links, call), config);
    return readAccepted(await api.call({ path: "/v3/mail/send", body, signal: call.signal }), config);
  };
}

function readAccepted({ status, headers }: SendgridAnswer, { sandboxMode }: Config): Accepted<SendOutput> {
  // In sandbox mode SendGrid says 200: checked, and not sent.
  if (status !== (sandboxMode ? 200 : 202)) {
    throw new WendError("provider.unknown_outcome", { detail: `HTTP ${status}: not the answer to a mail.` });
  }
  const messageId = headers.get("x-message-id") ?? "";
  if (!/^[!-~]{1,200}$/.test(messageId)) return { output: { messageId: null } };
  return { providerId: messageId, output: { messageId } };
}
