import { readFileSync } from "node:fs";
import emailSmtp from "@wend/email-smtp";
import { createTestHost, readReadme } from "@wend/plugin/testing";
import type { NodemailerError } from "nodemailer";
import { expect, test } from "vitest";
import { imapErrors } from "../src/imap/imap-error.ts";
import { toSmtpError } from "../src/smtp-error.ts";
import { startInbox } from "./inbox.ts";
import { welcome } from "./readme-example.ts";

const readme = readReadme(new URL("../README.md", import.meta.url));
const [config, input] = readme.code("json").map((code) => JSON.parse(code));
const { manifest } = emailSmtp;

test("the examples of the README are accepted", () => {
  expect(manifest.config.safeParse(config).error).toBeUndefined();
  expect(manifest.actions.send.input.safeParse(input).error).toBeUndefined();
});

test("the code of the README is the one that is compiled, and sends a mail", async () => {
  expect(readme.code("ts")).toContain(readFileSync(new URL("readme-example.ts", import.meta.url), "utf8"));
  await using inbox = await startInbox({ disabledCommands: ["STARTTLS"] });
  const here = createTestHost();
  const host = { ...here, connect: () => here.connect({ host: "127.0.0.1", port: inbox.port }) };
  const messageId = await welcome(host, { host: "localhost", port: inbox.port, secure: "none" });
  expect(inbox.mails.map(({ raw }) => raw.includes(messageId!))).toEqual([true]);
});

test("the README explains every option of a connection and every field of an input", () => {
  const fields = [...Object.keys(manifest.config.shape), ...Object.keys(manifest.actions.send.input.shape)];
  expect(readme.missing(fields)).toEqual([]);
});

test("the README explains every reply of a server and every response of a mailbox", () => {
  readme.explains({ ...replyErrors(), ...imapErrors });
});

/** Of the replies to RCPT, those that stand for something else than their kind. */
function replyErrors() {
  const codes = Array.from({ length: 200 }, (_, index) => {
    const responseCode = 400 + index;
    const said = { code: "EENVELOPE", command: "RCPT TO", response: `${responseCode} no`, responseCode };
    return [responseCode, toSmtpError(said as NodemailerError, { handedOver: false }).code] as const;
  });
  const usual = (reply: number) => (reply < 500 ? "provider.unavailable" : "provider.rejected");
  return Object.fromEntries(codes.filter(([reply, code]) => code !== usual(reply)));
}
