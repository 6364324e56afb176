import type { Socket } from "node:net";
import type { PluginHost } from "@wend/plugin";
import type { ImapFlowOptions } from "imapflow";
import { ImapFlow } from "imapflow";
import type { Config } from "../config.ts";
import { openSocket } from "../open-socket.ts";
import { toImapError } from "./imap-error.ts";

const largest = 2_000_000;

/** An open connection to the connection's mailbox. */
export type Mailbox = AsyncDisposable & { readonly client: ImapFlow };

interface Opening {
  readonly config: Config;
  readonly host: PluginHost;
  readonly signal: AbortSignal;
}

/** Connects and authenticates. Throws `provider.unavailable` or `provider.unauthorized`; an abort closes the socket. */
export async function openMailbox({ config, host, signal }: Opening): Promise<Mailbox> {
  const { imap, timeouts } = config;
  const socket = await openSocket({ host: imap!.host, port: imap!.port, timeouts }, host, signal);
  const client = new ImapFlow(optionsOf(config, socket));
  // Without a listener a lost connection would end the process; whoever waits for an answer hears of it anyway.
  client.on("error", () => undefined);
  const close = () => {
    client.close();
    socket.destroy();
  };
  signal.addEventListener("abort", close, { once: true });
  const dispose = async () => {
    signal.removeEventListener("abort", close);
    close();
  };
  try {
    signal.throwIfAborted();
    await client.connect();
    return { client, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw toImapError(error);
  }
}

function optionsOf({ imap, imapPass, ca, timeouts }: Config, socket: Socket): ImapFlowOptions {
  const { host, port, secure, user } = imap!;
  return {
    ...targetOf({ host, ca, secure }, socket),
    port,
    servername: host,
    secure: secure === "tls",
    doSTARTTLS: secure === "starttls",
    auth: { user, pass: imapPass! },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timeouts.connectMs + timeouts.greetingMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.replyMs,
    maxLiteralSize: largest,
    maxLineLength: largest,
    maxResponseSize: 2 * largest,
  };
}

interface Target {
  readonly host: string;
  readonly ca: string | undefined;
  readonly secure: "tls" | "starttls" | "none";
}

// TLS is spoken on the socket that the host has opened. In the clear the library opens one itself: to the address that
// the host has let through, so that nothing is resolved a second time.
function targetOf({ host, ca, secure }: Target, socket: Socket): Pick<ImapFlowOptions, "host" | "tls"> {
  const tls = { minVersion: "TLSv1.2" as const, ...(ca === undefined ? undefined : { ca }) };
  if (secure === "tls") return { host, tls: { ...tls, socket } };
  const address = socket.remoteAddress ?? host;
  socket.destroy();
  return { host: address, tls };
}
