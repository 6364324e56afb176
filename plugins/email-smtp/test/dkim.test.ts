import { createPublicKey } from "node:crypto";
import type { PluginHost } from "@wend/plugin";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { expect, test } from "vitest";
import { header } from "./delivery.ts";
import { startInbox } from "./inbox.ts";
import { rsaKey } from "./keys.ts";
import { hello, open, refusal } from "./open.ts";
import { startScripted } from "./scripted-server.ts";

const dkimKey = rsaKey();
const dkim = { dkimDomain: "example.com", dkimSelector: "s1", dkimKey };
const published = createPublicKey(dkimKey).export({ type: "spki", format: "der" }).toString("base64");
const resolver = async (name: string): Promise<string[][]> =>
  name === "s1._domainkey.example.com" ? [[`v=DKIM1; k=rsa; p=${published}`]] : [];

async function send(input: object, host: Partial<PluginHost> = {}) {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port, ...dkim }, host);
  await smtp.send(input, { purpose: "promotional" });
  return inbox.mails[0]?.raw ?? "";
}

const verdict = async (raw: string) => {
  const { results } = await dkimVerify(Buffer.from(raw), { resolver });
  return results.map(({ status, signingDomain, selector }) => `${status.result} ${selector} ${signingDomain}`);
};

test("an independent verifier finds the signature of a mail with every part valid", async () => {
  const now = () => Date.UTC(2026, 0, 2);
  const blob = { name: "bill.pdf", contentType: "application/pdf", bytes: new Uint8Array(100_000).fill(7) };
  const blobs = { load: async () => blob };
  const input = { ...hello, subject: "Grüße", html: "<p>ä</p>", attachments: [{ blob: "b1" }] };
  expect(await verdict(await send(input, { now, blobs }))).toEqual(["pass s1 example.com"]);
});

test("the headers to unsubscribe are signed, and cannot be changed on the way", async () => {
  const raw = await send(hello);
  const signed = header(raw, "DKIM-Signature")?.replace(/\s/g, "");
  const names = /;h=([^;]+);/
    .exec(signed ?? "")?.[1]
    ?.toLowerCase()
    .split(":");
  expect(names).toEqual(expect.arrayContaining(["from", "list-unsubscribe", "list-unsubscribe-post", "list-id"]));
  expect(await verdict(raw)).toEqual(["pass s1 example.com"]);
  for (const changed of ["https://wend.test/", "List-Unsubscribe=One-Click", "Hello Ada"]) {
    expect(raw).toContain(changed);
    expect(await verdict(raw.replace(changed, `x${changed}`))).not.toEqual(["pass s1 example.com"]);
  }
});

test("a mail without a key carries no signature", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  await smtp.send(hello);
  expect(header(inbox.mails[0]?.raw ?? "", "DKIM-Signature")).toBeUndefined();
});

test.each([
  ["MAIL", "provider.unavailable"],
  ["DATA", "provider.unavailable"],
  ["end", "provider.unknown_outcome"],
] as const)("a signed mail that is dropped at %s is %s, as one that is not", async (phase, code) => {
  await using server = await startScripted({ [phase]: "drop" });
  await using smtp = await open({ port: server.port, ...dkim });
  expect(await refusal(smtp.send(hello))).toMatchObject({ code });
});
