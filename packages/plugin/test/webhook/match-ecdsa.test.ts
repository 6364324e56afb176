import { generateKeyPairSync, sign } from "node:crypto";
import { matchEcdsa } from "@wend/plugin";
import fc from "fast-check";
import { expect, test } from "vitest";

// The known answer that SendGrid's own clients are tested with; the line break at the end is signed too.
const timestamp = "1600112502";
const body = Buffer.from(
  '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address",' +
    '"sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",' +
    '"sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",' +
    '"smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
);
const sendgrid = {
  publicKeys: [
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
  ],
  signature: "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
  parts: [timestamp, body],
};

const keysOf = (namedCurve: string) => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
  return { privateKey, publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64") };
};
const { privateKey, publicKey } = keysOf("prime256v1");

test("SendGrid's known answer matches, beside another key too", () => {
  expect(matchEcdsa(sendgrid)).toBe(true);
  expect(matchEcdsa({ ...sendgrid, publicKeys: [publicKey, undefined, ...sendgrid.publicKeys] })).toBe(true);
});

test.each([
  ["no key", { publicKeys: [] }],
  ["an absent key", { publicKeys: [undefined] }],
  ["an empty key", { publicKeys: [""] }],
  ["what is no key", { publicKeys: ["c2VjcmV0"] }],
  ["another key", { publicKeys: [publicKey] }],
  ["an empty signature", { signature: "" }],
  ["what is no signature", { signature: "c2VjcmV0" }],
  ["a signature with a space after it", { signature: `${sendgrid.signature} ` }],
  ["a body without its last line break", { parts: [timestamp, body.subarray(0, -2)] }],
])("%s does not match", (_what, wrong) => {
  expect(matchEcdsa({ ...sendgrid, ...wrong })).toBe(false);
});

test("a genuine signature on another curve does not match", () => {
  const other = keysOf("secp384r1");
  const signature = sign("sha256", Buffer.from("body"), other.privateKey).toString("base64");
  expect(matchEcdsa({ publicKeys: [other.publicKey], signature, parts: ["body"] })).toBe(false);
});

test("one flipped byte of the body or of the signature never matches", () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, at, by) => {
      const signature = sign("sha256", body, privateKey);
      const match = (signed: Uint8Array, given: Uint8Array) =>
        matchEcdsa({ publicKeys: [publicKey], signature: Buffer.from(given).toString("base64"), parts: [signed] });
      const flipped = (whole: Uint8Array) => whole.with(at % whole.length, whole[at % whole.length]! ^ by);
      expect(match(body, signature)).toBe(true);
      expect(match(flipped(body), signature)).toBe(false);
      expect(match(body, flipped(new Uint8Array(signature)))).toBe(false);
    }),
  );
});
