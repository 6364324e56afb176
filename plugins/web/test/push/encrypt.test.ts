import { createECDH, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { encryptPush, mostPlainBytes } from "../../src/push/encrypt.ts";
import { decrypt } from "../push-service.ts";

const of = (text: string) => Buffer.from(text, "base64url");

test("the published example of RFC 8291, appendix A, comes out as published", () => {
  const sealed = encryptPush(
    Buffer.from("When I grow up, I want to be a watermelon"),
    {
      p256dh: of("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
      auth: of("BTBZMqHH6r4Tts7J_aSIgg"),
    },
    { salt: of("DGv6ra1nlYgDCS1FRnbzlw"), privateKey: of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw") },
  );
  expect(sealed.toString("base64url")).toBe(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
});

test("the browser reads what was sent, whatever its length up to the most, and a push is never beyond 4,096 bytes", () => {
  const own = createECDH("prime256v1");
  const keys = { p256dh: own.generateKeys(), auth: randomBytes(16) };
  for (const length of [0, 1, 100, mostPlainBytes]) {
    const plain = randomBytes(length);
    const sealed = encryptPush(plain, keys);
    expect(sealed.length).toBeLessThanOrEqual(4_096);
    expect(decrypt(sealed, { own, auth: keys.auth }).equals(plain)).toBe(true);
  }
  const [one, other] = [encryptPush(Buffer.from("a"), keys), encryptPush(Buffer.from("a"), keys)];
  expect(one.equals(other)).toBe(false);
});

test("nobody else reads it, and it cannot be changed", () => {
  const own = createECDH("prime256v1");
  const keys = { p256dh: own.generateKeys(), auth: randomBytes(16) };
  const sealed = encryptPush(Buffer.from("for one"), keys);
  expect(() => decrypt(sealed, { own, auth: randomBytes(16) })).toThrow();
  sealed[sealed.length - 20]! ^= 1;
  expect(() => decrypt(sealed, { own, auth: keys.auth })).toThrow();
});
