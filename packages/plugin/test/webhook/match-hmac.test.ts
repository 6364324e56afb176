import { createHmac } from "node:crypto";
import type { HmacSigned } from "@wend/plugin";
import { matchHmac } from "@wend/plugin";
import fc from "fast-check";
import { expect, test } from "vitest";

// Twilio's published example: the URL and the sorted parameters.
const twilio: HmacSigned = {
  algorithm: "sha1",
  encoding: "base64",
  secrets: ["12345"],
  signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
  parts: [
    "https://mycompany.com/myapp.php?foo=1&bar=2",
    "CallSidCA1234567890ABCDECaller+14158675309Digits1234From+14158675309To+18005551212",
  ],
};

// Slack's published example of a slash command.
const slack: HmacSigned = {
  algorithm: "sha256",
  encoding: "hex",
  secrets: ["8f742231b10e8888abcd99yyyzzz85a5"],
  signature: "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
  parts: [
    "v0:1531420618:",
    Buffer.from(
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V" +
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
    ),
  ],
};

test.each([
  ["Twilio", twilio],
  ["Slack", slack],
])("the published example of %s matches", (_vendor, signed) => {
  expect(matchHmac(signed)).toBe(true);
});

test("the secret in use matches at either place, and its neighbour may be absent", () => {
  expect(matchHmac({ ...slack, secrets: ["another", ...slack.secrets] })).toBe(true);
  expect(matchHmac({ ...slack, secrets: [...slack.secrets, "another"] })).toBe(true);
  expect(matchHmac({ ...slack, secrets: [...slack.secrets, undefined] })).toBe(true);
});

test.each([
  ["no secret", { secrets: [] }],
  ["an absent secret", { secrets: [undefined] }],
  ["another secret", { secrets: ["another"] }],
  ["an empty signature", { signature: "" }],
  ["a signature cut short", { signature: slack.signature.slice(0, -1) }],
  ["a signature in capitals", { signature: slack.signature.toUpperCase() }],
  ["a signature of other letters", { signature: "é".repeat(64) }],
  ["the other algorithm", { algorithm: "sha1" as const }],
])("%s does not match", (_what, wrong) => {
  expect(matchHmac({ ...slack, ...wrong })).toBe(false);
});

test("what anybody can sign with an empty secret does not match an empty secret", () => {
  const signature = createHmac("sha256", "").update("body").digest("hex");
  for (const secret of ["", new Uint8Array(0)]) {
    const signed = { algorithm: "sha256", encoding: "hex", signature, parts: ["body"] } as const;
    expect(matchHmac({ ...signed, secrets: [secret] })).toBe(false);
  }
});

const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
const flip = fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });
const secretAndEncoding = fc.tuple(bytes, fc.constantFrom("hex", "base64"));

test("what was signed matches however it is cut into parts; one flipped byte of it, or of the signature, never does", () => {
  fc.assert(
    fc.property(secretAndEncoding, bytes, flip, ([secret, encoding], body, { at, by }) => {
      const cut = at % body.length;
      const signature = createHmac("sha256", secret).update(body).digest(encoding);
      const flipped = body.with(cut, body[cut]! ^ by);
      const letter = at % signature.length;
      const written = Buffer.from(signature, "latin1");
      written[letter] = written[letter]! ^ by;
      const match = (parts: Uint8Array[], given = signature) =>
        matchHmac({ algorithm: "sha256", secrets: [secret], encoding, signature: given, parts });
      expect(match([body.subarray(0, cut), body.subarray(cut)])).toBe(true);
      expect(match([flipped])).toBe(false);
      expect(match([body], written.toString("latin1"))).toBe(false);
    }),
  );
});
