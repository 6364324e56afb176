import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { SMTPServerOptions } from "smtp-server";
import { SMTPServer } from "smtp-server";

/** One mail as the server took it. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly helo: string;
  readonly secure: boolean;
  readonly user: unknown;
}

export interface Inbox extends AsyncDisposable {
  readonly port: number;
  readonly mails: Mail[];
  /** Connections opened so far. */
  connections(): number;
  /** Closes the connection of one session. */
  drop(session: string): void;
  stop(): Promise<void>;
}

const pem = (name: string) => readFileSync(new URL(`fixtures/localhost.${name}.pem`, import.meta.url), "utf8");

/** The certificate of every server here: for `localhost`, signed by itself. */
export const certificate = pem("cert");
export const privateKey = pem("key");

/** A real SMTP server that takes every mail, unless the options say otherwise. */
export async function startInbox(options: SMTPServerOptions = {}): Promise<Inbox> {
  const mails: Mail[] = [];
  let connections = 0;
  const server = new SMTPServer({
    key: privateKey,
    cert: certificate,
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    onConnect: (_session, done) => {
      connections++;
      done();
    },
    onData: (stream, session, done) => {
      void buffer(stream).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: raw.toString("utf8"),
          helo: session.hostNameAppearsAs,
          secure: session.secure,
          user: session.user,
        });
        done(null, "OK: queued as 4f2a");
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const stop = async () => {
    if (!server.server.listening) return;
    for (const connection of server.connections) connection.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    connections: () => connections,
    drop: (session) => {
      for (const connection of server.connections) if (connection.id === session) connection.close();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
