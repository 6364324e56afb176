import type { SMTPConnectionOptions } from "nodemailer";
import type { Config } from "./config.ts";

/** How to talk to the server, for the pool and for `check` alike. */
export function serverOptions({ host, port, secure, ca, name, timeouts }: Config): SMTPConnectionOptions {
  const security = secure ?? (port === 465 ? "tls" : "starttls");
  return {
    // The name, not the resolved address: certificate and SNI belong to it.
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: { minVersion: "TLSv1.2", ...(ca === undefined ? undefined : { ca }) },
    connectionTimeout: timeouts.connectMs + 2 * timeouts.greetingMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.replyMs,
    // Destroy instead of waiting for the server to close its side: it may be the one that hangs.
    socketCloseTimeout: 0,
    maxResponseSize: 64 * 1024,
    ...(name === undefined ? undefined : { name }),
  };
}
