import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A real SMTP server and a real HTTP endpoint, which remember what reached them. */
export interface OutsideWorld {
  readonly smtpPort: number;
  readonly httpUrl: string;
  /** Subjects by recipient. */
  readonly mails: ReadonlyMap<string, readonly string[]>;
  /** Calls by customer, without those that repeat a key. */
  readonly calls: ReadonlyMap<string, number>;
  counts(): { mails: number; calls: number };
  close(): Promise<void>;
}

export async function openOutsideWorld(): Promise<OutsideWorld> {
  const mails = new Map<string, string[]>();
  const calls = new Map<string, number>();
  const smtp = await listenSmtp(mails);
  const http = await listenHttp(calls);
  return {
    smtpPort: smtp.port,
    httpUrl: `http://127.0.0.1:${http.port}`,
    mails,
    calls,
    counts: () => ({
      mails: [...mails.values()].reduce((sum, subjects) => sum + subjects.length, 0),
      calls: [...calls.values()].reduce((sum, count) => sum + count, 0),
    }),
    close: async () => {
      await Promise.all([smtp.close(), http.close()]);
    },
  };
}

interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

async function listenSmtp(mails: Map<string, string[]>): Promise<Listener> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const subject = subjectOf(Buffer.concat(chunks).toString("latin1"));
        for (const { address } of session.envelope.rcptTo) append(mails, address, subject);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function listenHttp(calls: Map<string, number>): Promise<Listener> {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const key = String(request.headers["idempotency-key"]);
      const { customer } = JSON.parse(Buffer.concat(chunks).toString()) as { customer: string };
      if (!seen.has(key)) calls.set(customer, (calls.get(customer) ?? 0) + 1);
      seen.add(key);
      response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const append = (lists: Map<string, string[]>, key: string, value: string): void => {
  lists.set(key, [...(lists.get(key) ?? []), value]);
};

// Enough of RFC 2047 for what the demo sends: one or more encoded words of one charset.
function subjectOf(mail: string): string {
  const header = /^subject:((?:.*(?:\r\n[ \t].*)*))/im.exec(mail)?.[1] ?? "";
  return header
    .replace(/\r\n[ \t]/g, " ")
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind: string, text: string) => decodeWord(kind, text))
    .trim();
}

function decodeWord(kind: string, text: string): string {
  if (kind.toLowerCase() === "b") return Buffer.from(text, "base64").toString();
  const bytes = text
    .replace(/_/g, " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
