import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";
import hoodiecrow from "hoodiecrow-imap";
import { certificate, privateKey } from "./inbox.ts";

/** Whoever logs in to the mailboxes here. */
export const login = { user: "testuser", pass: "testpass" };

export interface MailboxServer extends AsyncDisposable {
  readonly port: number;
  /** `hang` takes everything in and answers nothing; `refuse` closes what connects. */
  behave(mode: "answer" | "hang" | "refuse"): void;
  /** Adds a mail to the inbox. */
  add(raw: string): void;
  stop(): Promise<void>;
}

interface Options {
  readonly secure?: boolean;
  readonly starttls?: boolean;
  readonly uidvalidity?: number;
  /** When each of the mails arrived; now unless stated. */
  readonly arrived?: readonly Date[];
}

/** A real IMAP server behind a relay that can cut it off. */
export async function startMailbox(mails: readonly string[], options: Options = {}): Promise<MailboxServer> {
  const { secure = false, starttls = true, uidvalidity = 1, arrived = [] } = options;
  const messages = mails.map((raw, index) => ({
    raw,
    uid: index + 1,
    internaldate: internalDate(arrived[index] ?? new Date()),
  }));
  const inbox = { uidvalidity, uidnext: mails.length + 1, messages };
  const imap = hoodiecrow({
    plugins: ["ID", "SASL-IR", "AUTH-PLAIN", ...(starttls ? ["STARTTLS"] : [])],
    storage: { INBOX: inbox },
    secureConnection: secure,
    credentials: { key: privateKey, cert: certificate },
  });
  await new Promise<void>((resolve) => imap.listen(0, "127.0.0.1", resolve));
  const relay = await startRelay((imap.server.address() as AddressInfo).port);
  const stop = async () => {
    await relay.stop();
    if (imap.server.listening) await new Promise<void>((resolve) => imap.server.close(() => resolve()));
  };
  return {
    ...relay,
    add: (raw) => imap.appendMessage("INBOX", [], undefined, Buffer.from(raw, "latin1").toString("binary")),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

// As IMAP writes it: ` 2-Jan-2026 03:04:05 +0000`.
function internalDate(at: Date): string {
  const [, day = "", month = "", year = "", time = ""] = at.toUTCString().split(" ");
  return `${day.replace(/^0/, " ")}-${month}-${year} ${time} +0000`;
}

async function startRelay(to: number): Promise<Omit<MailboxServer, "add" | typeof Symbol.asyncDispose>> {
  let mode: Parameters<MailboxServer["behave"]>[0] = "answer";
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
    return socket;
  };
  const server = createServer((socket) => {
    keep(socket);
    if (mode === "refuse") return void socket.destroy();
    if (mode === "hang") return void socket.resume();
    const behind = keep(connect(to, "127.0.0.1"));
    socket.pipe(behind).pipe(socket);
    socket.on("close", () => behind.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    behave: (next) => {
      mode = next;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
