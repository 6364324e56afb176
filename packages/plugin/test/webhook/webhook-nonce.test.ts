import { webhookNonce } from "@wend/plugin";
import { expect, test } from "vitest";

test("a nonce is the same for the same bytes, and another for others", () => {
  expect(webhookNonce(["7.", Buffer.from("body")])).toBe(webhookNonce([Buffer.from("7.body")]));
  expect(webhookNonce(["7.", "body"])).not.toBe(webhookNonce(["8.", "body"]));
});
