import { parseWebhookJson } from "@wend/plugin";
import { expect, test } from "vitest";
import { z } from "zod";

const schema = z.object({ ticket: z.object({ id: z.string() }) });
const read = (body: string | Uint8Array) => parseWebhookJson(Buffer.from(body), schema);

test("a body is read as the schema says", () => {
  expect(read('{"ticket":{"id":"7","more":1}}')).toEqual({ ticket: { id: "7" } });
});

test.each(["", "{", "id=7", Uint8Array.of(0x22, 0xff, 0x22)])("what is no JSON has a code: %j", (body) => {
  expect(() => read(body)).toThrow(expect.objectContaining({ code: "webhook.unreadable" }));
});

test("what the schema does not expect has a code and a pointer", () => {
  const invalid = expect.objectContaining({ code: "webhook.unreadable", pointer: "/ticket/id" });
  expect(() => read('{"ticket":{"id":7}}')).toThrow(invalid);
});
