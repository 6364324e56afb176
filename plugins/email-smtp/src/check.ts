import type { CheckResult, PluginHost } from "@wend/plugin";
import { toProblem } from "@wend/plugin";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Config } from "./manifest.ts";
import { openSocket } from "./open-socket.ts";
import { serverOptions } from "./server-options.ts";
import { toSmtpError } from "./smtp-error.ts";

/** Connects, says EHLO and authenticates; sends nothing. */
export async function check(config: Config, host: PluginHost, signal: AbortSignal): Promise<CheckResult> {
  try {
    await converse(config, host, signal);
    return { problems: [] };
  } catch (error) {
    const fault = toSmtpError(error, { handedOver: false });
    return { problems: [toProblem(fault, fault.code === "provider.unauthorized" ? "/pass" : "/host")] };
  }
}

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
