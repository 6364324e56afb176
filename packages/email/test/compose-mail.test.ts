import { expect, test } from "vitest";
import { hello, openComposer } from "./compose.ts";

const blobs = {
  load: async (id: string) => ({ name: `${id}.png`, contentType: "image/png", bytes: new Uint8Array(8_000_000) }),
};

test("a mail has the connection's sender, or its own without the connection's name", async () => {
  const { compose } = openComposer({ fromName: "The Shop", replyTo: "help@example.com" });
  expect(await compose(hello)).toMatchObject({
    from: { name: "The Shop", address: "shop@example.com" },
    to: "ada@example.com",
    replyTo: "help@example.com",
  });
  expect(await compose({ ...hello, from: "News@Example.ORG", replyTo: "desk@example.org" })).toMatchObject({
    from: { name: "", address: "News@example.org" },
    replyTo: "desk@example.org",
  });
  expect(await compose({ ...hello, fromName: "Ada's" })).toMatchObject({ from: { name: "Ada's" } });
});

test("the Message-ID is made of the idempotency key and the sender's domain, and of nothing else", async () => {
  const { compose } = openComposer();
  const { messageId } = await compose(hello);
  expect(messageId).toMatch(/^[0-9a-f]{32}@example\.com$/);
  expect((await compose({ subject: "Other", text: "x" }, { attempt: 2 })).messageId).toBe(messageId);
  expect((await compose(hello, { idempotencyKey: "run-1:2" })).messageId).not.toBe(messageId);
});

test("line breaks that a template leaves in a subject become blanks", async () => {
  const { compose } = openComposer();
  const { subject } = await compose({ ...hello, subject: "\n Hello \r\nBcc: eve@example.com\n" });
  expect(subject).toBe("Hello Bcc: eve@example.com");
});

test.each(["v@x.test, e@y.test", "v@x.test\r\nTo: e@y.test", "Ada <ada@example.com>", "", undefined])(
  "the address %j is refused",
  async (address) => {
    const { compose } = openComposer();
    await expect(compose(hello, { address })).rejects.toMatchObject({ code: "address.invalid" });
  },
);

test("attachments are loaded by their id, up to 15 MB together", async () => {
  const { compose } = openComposer({}, { blobs });
  const { attachments } = await compose({ ...hello, attachments: [{ blob: "b1", cid: "logo", name: "brand.png" }] });
  expect(attachments).toMatchObject([{ name: "brand.png", contentType: "image/png", cid: "logo" }]);
  const large = compose({ ...hello, attachments: [{ blob: "b1" }, { blob: "b2" }] });
  await expect(large).rejects.toMatchObject({ code: "blob.too_large" });
});

test("MJML stands as the HTML, and the link to unsubscribe in its place in both bodies", async () => {
  const { compose } = openComposer();
  const { text, html } = await compose({
    subject: "Hello",
    text: "Leave: wend:unsubscribe",
    mjml: '<a href="wend:unsubscribe">leave</a>',
  });
  const link = /^Leave: (https:\/\/wend\.test\/c\/connection\/u\/[\w.-]+)$/.exec(text ?? "")?.[1];
  expect(html).toBe(`<a href="${link}">leave</a>`);
});

test("a provider that tracks clicks by itself is kept away from the link to unsubscribe", async () => {
  const { compose } = openComposer({}, { untracked: "clicktracking=off" });
  const { html } = await compose({ subject: "Hello", html: '<a href="wend:unsubscribe">leave</a>' });
  expect(html).toMatch(/^<a clicktracking=off href="https:\/\/wend\.test\/c\/connection\/u\//);
});
