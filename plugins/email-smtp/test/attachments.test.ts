import { WendError } from "@wend/plugin";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { startInbox } from "./inbox.ts";
import { hello, open, refusal } from "./open.ts";

const png = Buffer.from("iVBORw0KGgo=", "base64");
const stored: { [id: string]: { name: string; contentType: string; bytes: Uint8Array } } = {
  b1: { name: "Rechnung März.pdf", contentType: "application/pdf", bytes: Buffer.from("%PDF-1.7") },
  b2: { name: "logo.png", contentType: "image/png", bytes: png },
  big: { name: "big.bin", contentType: "application/octet-stream", bytes: new Uint8Array(5_000_000) },
};
const blobs = {
  load: async (id: string) => {
    if (!stored[id]) throw new WendError("blob.not_found");
    return stored[id];
  },
};

test("files are attached by their id, and images of the HTML by their content id", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port }, { blobs });
  await smtp.send({
    subject: "Your order",
    html: '<p><img src="cid:logo" alt=""></p>',
    attachments: [{ blob: "b1" }, { blob: "b2", cid: "logo", name: "brand.png" }],
  });
  const { attachments, html } = await PostalMime.parse(inbox.mails[0]?.raw ?? "");
  expect(html).toContain('src="cid:logo"');
  expect(attachments).toMatchObject([
    { filename: "brand.png", mimeType: "image/png", disposition: "inline", contentId: "<logo>" },
    { filename: "Rechnung März.pdf", mimeType: "application/pdf", disposition: "attachment" },
  ]);
  expect(Buffer.from(attachments[0]?.content as ArrayBuffer)).toEqual(png);
});

test("an id that is not stored fails the mail before anybody is called", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port }, { blobs });
  const call = smtp.send({ ...hello, attachments: [{ blob: "b1" }, { blob: "nope" }] });
  expect(await refusal(call)).toMatchObject({ code: "blob.not_found", retry: "never" });
  expect(inbox.connections()).toBe(0);
});

test("more than 15 MB together are refused before anybody is called", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port }, { blobs });
  const attachments = Array.from({ length: 4 }, () => ({ blob: "big" }));
  expect(await refusal(smtp.send({ ...hello, attachments }))).toMatchObject({ code: "blob.too_large", retry: "never" });
  expect(inbox.connections()).toBe(0);
});

test("an abort while a file is loaded sends nothing", async () => {
  await using inbox = await startInbox();
  const controller = new AbortController();
  const load = async (id: string) => {
    controller.abort();
    return blobs.load(id);
  };
  await using smtp = await open({ port: inbox.port }, { blobs: { load } });
  const call = smtp.send({ ...hello, attachments: [{ blob: "b1" }] }, { signal: controller.signal });
  expect(await refusal(call)).toMatchObject({ code: "provider.unavailable" });
  expect(inbox.connections()).toBe(0);
});
