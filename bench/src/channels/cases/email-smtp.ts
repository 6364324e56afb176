import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import emailSmtp from "@wend/email-smtp";
import { createTransport } from "nodemailer";
import { SMTPServer } from "smtp-server";
import type { ChannelCase } from "../channel-case.ts";
import { orderMail } from "../order-mail.ts";

interface Config {
  readonly host: string;
  readonly port: number;
  readonly secure: string;
  readonly from: string;
  readonly fromName: string;
  readonly dkimDomain: string;
  readonly dkimSelector: string;
  readonly dkimKey: string;
  readonly maxConnections: number;
  readonly [field: string]: string | number;
}

/** A mail of text and HTML with a DKIM signature, beside nodemailer with the same pool and the same key. */
export const channel: ChannelCase<Config> = {
  plugin: emailSmtp,
  action: "send",
  client: "nodemailer",
  startProvider: async (took) => {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      logger: false,
      onData: (stream, { envelope }, done) => {
        stream.on("end", () => {
          for (const { address } of envelope.rcptTo) took(address);
          done(null, "OK: queued");
        });
        stream.resume();
      },
    });
    server.on("error", () => {});
    await once(server.listen(0, "127.0.0.1"), "listening");
    return {
      port: (server.server.address() as AddressInfo).port,
      close: () => new Promise<void>((resolve) => server.close(() => resolve())),
    };
  },
  config: ({ port, concurrency }) => ({
    host: "127.0.0.1",
    port,
    secure: "none",
    from: "orders@shop.example",
    fromName: "The Shop",
    dkimDomain: "shop.example",
    dkimSelector: "s1",
    dkimKey: newKey(),
    maxConnections: Math.min(concurrency, 100),
  }),
  input: orderMail,
  openClient: async ({ host, port, from, fromName, dkimDomain, dkimSelector, dkimKey, maxConnections }) => {
    const pool = createTransport({
      pool: true,
      ...{ host, port, maxConnections },
      ignoreTLS: true,
      dkim: { domainName: dkimDomain, keySelector: dkimSelector, privateKey: dkimKey },
    });
    return {
      send: ([customer]) =>
        pool.sendMail({ from: { name: fromName, address: from }, to: customer!.email, ...orderMail(customer!) }),
      close: () => pool.close(),
    };
  },
};

const newKey = (): string =>
  generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
