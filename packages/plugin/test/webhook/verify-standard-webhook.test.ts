import { createHmac } from "node:crypto";
import { verifyStandardWebhook } from "@wend/plugin";
import fc from "fast-check";
import { expect, test } from "vitest";

// The published example of Standard Webhooks.
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const body = Buffer.from('{"test": 2432232314}');
const fields = {
  "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
  "webhook-timestamp": "1614265330",
  "webhook-signature": signature,
};
type Fields = { readonly [name: string]: string };

const verify = (changed: Fields = {}, secrets: readonly (string | undefined)[] = [secret], raw: Uint8Array = body) =>
  verifyStandardWebhook({ headers: new Headers({ ...fields, ...changed }), body: raw }, secrets);
const refused = expect.objectContaining({ code: "webhook.refused" });

test("the published example is genuine, and tells when it was signed", () => {
  expect(verify()).toEqual({ by: "signature", signedAt: 1_614_265_330_000, nonce: expect.any(String) });
});

test("the secret may come without its prefix, and beside the one it replaces", () => {
  const expected = verify();
  expect(verify({}, [secret.slice("whsec_".length)])).toEqual(expected);
  expect(verify({}, [`whsec_${Buffer.alloc(24, 7).toString("base64")}`, secret])).toEqual(expected);
  expect(verify({}, [secret, undefined])).toEqual(expected);
});

test("one genuine signature among several is enough, and the nonce is the same whichever others there are", () => {
  const others = `v1a,AAAA v1,${Buffer.alloc(32).toString("base64")}`;
  expect(verify({ "webhook-signature": `${others} ${signature}` })).toEqual(verify());
});

test.each<[string, Fields]>([
  ["without an id", { "webhook-id": "" }],
  ["without a time", { "webhook-timestamp": "" }],
  ["with a time of another form", { "webhook-timestamp": "1614265330.0" }],
  ["with another time", { "webhook-timestamp": "1614265331" }],
  ["with another id", { "webhook-id": "msg_2" }],
  ["without a signature", { "webhook-signature": "" }],
  ["with an empty signature", { "webhook-signature": "v1," }],
  ["with a signature of another version", { "webhook-signature": signature.replace("v1,", "v1a,") }],
  ["with two signature headers", { "webhook-signature": `${signature}, ${signature}` }],
  [
    "with the signature behind more than any sender makes",
    { "webhook-signature": `${"v1,x ".repeat(10)}${signature}` },
  ],
])("a webhook %s is refused", (_what, changed) => {
  expect(() => verify(changed)).toThrow(refused);
});

test.each([
  ["no secret", []],
  ["an absent secret", [undefined]],
  ["an empty secret", [""]],
  ["a secret of nothing but its prefix", ["whsec_"]],
  ["a secret that is no base64", ["whsec_not base64"]],
])("with %s all is refused, also what anybody can sign with an empty one", (_what, secrets) => {
  const content = `${fields["webhook-id"]}.${fields["webhook-timestamp"]}.${body}`;
  const forged = `v1,${createHmac("sha256", "").update(content).digest("base64")}`;
  expect(() => verify({ "webhook-signature": forged }, secrets)).toThrow(refused);
});

test("one flipped byte of the body is always refused", () => {
  fc.assert(
    fc.property(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
      expect(() => verify({}, [secret], new Uint8Array(body).with(at, body[at]! ^ by))).toThrow(refused);
    }),
  );
});
