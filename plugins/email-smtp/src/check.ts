import type { CheckResult, PluginHost, Problem } from "@wend/plugin";
import { toProblem } from "@wend/plugin";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Config } from "./config.ts";
import { toImapError } from "./imap/imap-error.ts";
import { openMailbox } from "./imap/open-mailbox.ts";
import { readMailbox } from "./imap/read-mailbox.ts";
import { openSocket } from "./open-socket.ts";
import { serverOptions } from "./server-options.ts";
import { toSmtpError } from "./smtp-error.ts";

/** Connects, says EHLO and authenticates; sends nothing. The same at the mailbox, if there is one. */
export async function check(config: Config, host: PluginHost, signal: AbortSignal): Promise<CheckResult> {
  const found = await Promise.all([checkServer(config, host, signal), checkMailbox(config, host, signal)]);
  return { problems: found.flat() };
}

async function checkServer(config: Config, host: PluginHost, signal: AbortSignal): Promise<Problem[]> {
  try {
    await converse(config, host, signal);
    return [];
  } catch (error) {
    const fault = toSmtpError(error, { handedOver: false });
    return [toProblem(fault, fault.code === "provider.unauthorized" ? "/pass" : "/host")];
  }
}

async function checkMailbox(config: Config, host: PluginHost, signal: AbortSignal): Promise<Problem[]> {
  if (config.imap === undefined) return [];
  try {
    await using mailbox = await openMailbox({ config, host, signal });
    await readMailbox(mailbox, config, { cursor: null, now: host.now() });
    return [];
  } catch (error) {
    const fault = toImapError(error);
    return [toProblem(fault, pointers[fault.code] ?? "/imap/host")];
  }
}

const pointers: { readonly [code: string]: string } = {
  "provider.unauthorized": "/imapPass",
  "provider.rejected": "/imap/mailbox",
};

async function converse(config: Config, host: PluginHost, signal: AbortSignal): Promise<void> {
  const connection = new SMTPConnection({
    ...serverOptions(config),
    connection: await openSocket(config, host, signal),
  });
  const close = () => connection.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once("error", reject);
      connection.once("end", () => reject(Object.assign(new Error("closed"), { code: "ECONNECTION" })));
      const { user, pass } = config;
      connection.connect((error) => {
        if (error) return reject(error);
        if (user === undefined) return resolve();
        connection.login({ user, pass }, (refused) => (refused ? reject(refused) : resolve()));
      });
    });
  } finally {
    signal.removeEventListener("abort", close);
    connection.quit();
    connection.close();
  }
}
