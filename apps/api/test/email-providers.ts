import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, json } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A mail as it reached a provider. */
export interface SentMail {
  readonly to: string;
  readonly messageId: string;
  readonly text: string;
  /** What SendGrid hands back with every event. */
  readonly marks: Readonly<Record<string, string>>;
}

/** The keys of an event webhook, as SendGrid shows them. */
export function makeWebhookKeys() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return { privateKey, publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64") };
}

export type WebhookKeys = ReturnType<typeof makeWebhookKeys>;

/** The headers of a body that SendGrid posts at a time. */
export function signEvents(body: string, { privateKey }: WebhookKeys, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = sign("sha256", Buffer.from(timestamp + body), privateKey).toString("base64");
  return {
    "x-twilio-email-event-webhook-signature": signature,
    "x-twilio-email-event-webhook-timestamp": timestamp,
  };
}

interface Posted {
  readonly personalizations: readonly { to: { email: string }[]; custom_args: Record<string, string> }[];
  readonly headers: Record<string, string>;
  readonly content: readonly { value: string }[];
}

/** Takes mails by SendGrid's API, unless it is told to be down. */
export async function startSendgrid() {
  const mails: SentMail[] = [];
  const refused: SentMail[] = [];
  const state = { down: false };
  const server = createServer(async (request, response) => {
    const { personalizations, headers, content } = (await json(request)) as Posted;
    const { to, custom_args: marks } = personalizations[0]!;
    const mail = { to: to[0]!.email, messageId: headers["Message-ID"] ?? "", text: content[0]!.value, marks };
    (state.down ? refused : mails).push(mail);
    if (state.down) return void response.writeHead(503).end();
    response.writeHead(202, { "x-message-id": `sg-${mails.length}` }).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, mails, refused, state, close };
}

/** Takes mails over SMTP. */
export async function startSmtp() {
  const mails: SentMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, { envelope }, done) => {
      void buffer(stream).then((raw) => {
        const [head = "", text = ""] = raw.toString().split("\r\n\r\n");
        const messageId = /^Message-ID: (.*)$/im.exec(head)?.[1] ?? "";
        mails.push({ to: envelope.rcptTo[0]!.address, messageId, text: text.trim(), marks: {} });
        done(null, "OK");
      });
    },
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}
