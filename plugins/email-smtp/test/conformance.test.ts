import { createHash, createHmac, randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import emailSmtp from "@wend/email-smtp";
import type { PluginHost } from "@wend/plugin";
import type { LinkSample, PollTests, ProviderMode, ProviderStandIn, WebhookTests } from "@wend/plugin/testing";
import { createTestHost, testPlugin } from "@wend/plugin/testing";
import { test } from "vitest";
import { startInbox } from "./inbox.ts";
import { login, startMailbox } from "./mailbox.ts";
import { arf, dsn } from "./reports.ts";

const base = { host: "localhost", port: 25, secure: "none", from: "shop@example.com" };

async function startProvider(): Promise<ProviderStandIn> {
  const keys: string[] = [];
  const reached: string[] = [];
  let mode: ProviderMode = "accept";
  const refusal = (responseCode: number) => Object.assign(new Error("not now"), { responseCode });
  const inbox = await startInbox({
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      void buffer(stream).then((raw) => {
        reached.push(session.envelope.rcptTo.map(({ address }) => address).join());
        keys.push(/^Message-ID: (.*)$/im.exec(raw.toString())?.[1]?.trim() ?? "");
        if (mode === "unavailable") done(refusal(451));
        else if (mode === "reject") done(refusal(554));
        else if (mode === "drop") inbox.drop(session.id);
        else if (mode === "accept") done(null, "queued");
      });
    },
  });
  return {
    config: { ...base, port: inbox.port, user: "shop", pass: "pass-7c41" },
    behave: (next) => {
      mode = next;
    },
    keys: () => keys,
    reached: () => reached,
    stop: inbox.stop,
  };
}

const input = { subject: "Hello", text: "Hello Ada" };
const calls = { send: { input, address: "ada@example.com", otherAddress: "ops@operator.example" } };

const day = (at: number): string => new Date(at).toUTCString();
const webhooks: WebhookTests = {
  makeSecret: () => `whsec_${randomBytes(24).toString("base64")}`,
  config: (webhookSecret, previousWebhookSecret) => ({
    ...base,
    webhookSecret: webhookSecret || undefined,
    previousWebhookSecret,
  }),
  sign: (body, { secret, at }) => {
    const id = "msg_1";
    const timestamp = String(at / 1_000);
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
    return { headers: { ...headers, "content-type": "message/rfc822" }, body };
  },
  signature: { header: "webhook-signature" },
  samples: [
    {
      name: "a bounce",
      body: ({ number, at }) => dsn({ messageId: `m${number}@example.com`, id: `r${number}`, date: day(at) }),
      says: ({ number, at }) => ({
        receipts: [
          {
            kind: "bounced",
            bounce: "hard",
            about: { providerId: `m${number}@example.com` },
            id: idOf(`<r${number}@mx.example.org>`),
            at,
            reason: "5.1.1 550 5.1.1 <…>: Recipient address rejected: User unknown",
          },
        ],
      }),
    },
    {
      name: "a complaint about a mail that is not named",
      body: ({ number, at }) => arf({ id: `a${number}`, date: day(at) }),
      says: ({ number, at }) => ({
        receipts: [
          {
            kind: "complained",
            about: { address: "ada@example.com" },
            id: idOf(`<a${number}@example.net>`),
            at,
            reason: "abuse",
          },
        ],
      }),
    },
  ],
};

const idOf = (messageId: string) => `${createHash("sha256").update(messageId).digest("base64url")}:0`;

// More than a page, with mails between them that report nothing.
const reports = Array.from({ length: 60 }, (_, n) => dsn({ messageId: `m${n}@example.com`, id: `r${n}` }));
const chatter = "From: ada@example.com\r\nTo: bounce@example.org\r\nSubject: Hello\r\n\r\nJust a question.\r\n";
const polls: PollTests = {
  startProvider: async () => {
    const mailbox = await startMailbox([chatter, ...reports, chatter]);
    const imap = { host: "localhost", port: mailbox.port, secure: "none", user: login.user, since: "2020-01-01" };
    return {
      config: { ...base, imap, imapPass: login.pass },
      behave: (mode) => mailbox.behave(mode === "hang" ? "hang" : mode === "accept" ? "answer" : "refuse"),
      keys: () => [],
      stop: mailbox.stop,
    };
  },
  says: {
    receipts: reports.map((_, n) => ({
      kind: "bounced",
      bounce: "hard",
      about: { providerId: `m${n}@example.com` },
      id: idOf(`<r${n}@mx.example.org>`),
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
      reason: "5.1.1 550 5.1.1 <…>: Recipient address rejected: User unknown",
    })),
  },
};

const here = createTestHost();
const connect: PluginHost["connect"] = (target) => here.connect({ ...target, host: "127.0.0.1" });
const d = "01980000-0000-7000-8000-000000000001";
const links: LinkSample[] = [
  { name: "to unsubscribe", purpose: "unsubscribe", data: { d }, path: (token) => `/u/${token}` },
  { name: "a pixel", purpose: "open", data: { d, t: 1 }, path: (token) => `/o/${token}` },
  {
    name: "a click",
    purpose: "click",
    data: { d, t: 1, u: "https://shop.example/tea" },
    path: (token) => `/c/${token}`,
    leadsTo: "https://shop.example/tea",
  },
  {
    name: "a click on a link outside ASCII",
    purpose: "click",
    data: { d, t: 1, u: "https://bücher.example/お茶\n" },
    path: (token) => `/c/${token}`,
    leadsTo: "https://xn--bcher-kva.example/%E3%81%8A%E8%8C%B6",
  },
];
const setup = { plugin: emailSmtp, calls, startProvider, webhooks, polls, links, host: { connect } };
for (const { name, run } of testPlugin(setup)) test(name, run);
