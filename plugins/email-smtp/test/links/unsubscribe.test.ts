import { WendError } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { expect, test } from "vitest";
import { header } from "../delivery.ts";
import { startInbox } from "../inbox.ts";
import { hello, open } from "../open.ts";

const promotional = { purpose: "promotional" } as const;

test("the link of List-Unsubscribe is answered by the connection, and only a POST unsubscribes", async () => {
  await using inbox = await startInbox();
  await using smtp = await open({ port: inbox.port });
  await smtp.send(hello, promotional);
  const url = /<(.+)>/.exec(header(inbox.mails[0]?.raw ?? "", "List-Unsubscribe") ?? "")?.[1] ?? "";
  const path = url.slice(smtp.host.links.baseUrl.length);
  const ask = (method: string) => {
    const request = new Request(url, { method });
    return smtp.connection.serve!({ request, path, customer: undefined, signal: new AbortController().signal });
  };
  expect((await ask("GET")).receipts).toBeUndefined();
  expect((await ask("POST")).receipts).toMatchObject([{ kind: "unsubscribed" }]);
});

test("without a key to sign with mail goes out, and bounces go to the plain address", async () => {
  const { links } = createTestHost();
  const sign = () => {
    throw new WendError("connection.secret_key_missing");
  };
  await using inbox = await startInbox();
  const config = { port: inbox.port, bounceAddress: "bounce@example.com" };
  await using smtp = await open(config, { links: { ...links, sign } });
  await smtp.send(hello, promotional);
  expect(inbox.mails[0]?.from).toBe("bounce@example.com");
  expect(header(inbox.mails[0]?.raw ?? "", "List-Unsubscribe")).toBeUndefined();
});
