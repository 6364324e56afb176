import { createSign } from "node:crypto";
import { EventWebhook } from "@sendgrid/eventwebhook";
import { describe, expect, test } from "vitest";
import { makeKeys, signEvents, writeEvents } from "../fake/write-events.ts";
import { open, refusal, signal } from "../open.ts";
import { eventOf } from "../told.ts";

const at = Date.UTC(2026, 0, 2, 3, 4, 5);
const base = { apiKey: "SG.key", from: "shop@example.com" };
const [own, other] = [makeKeys(), makeKeys()];
const SIGNATURE = "x-twilio-email-event-webhook-signature";
const TIMESTAMP = "x-twilio-email-event-webhook-timestamp";

interface Signed {
  readonly publicKey: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string | Uint8Array;
}

/** What the plugin says of a webhook: `refused`, or what else became of it. */
async function verdict({ publicKey, timestamp, signature, body }: Signed): Promise<string> {
  const { receive, host } = await open({ ...base, publicKey });
  const headers = new Headers({ [SIGNATURE]: signature, [TIMESTAMP]: timestamp });
  const webhook = { method: "POST", url: host.links.webhookUrl, headers, body: Buffer.from(body), signal };
  return receive(webhook).then(
    ({ receipts = [] }) => receipts.map(({ kind }) => kind).join() || "nothing",
    (error: { code: string }) => error.code,
  );
}

/** What SendGrid's own client says of it. */
function theirVerdict({ publicKey, timestamp, signature, body }: Signed): boolean {
  const client = new EventWebhook();
  try {
    const key = client.convertPublicKeyToECDSA(publicKey);
    return client.verifySignature(key, Buffer.from(body).toString(), signature, timestamp);
  } catch {
    return false;
  }
}

// The known answers that SendGrid's clients are tested with.
const first: Signed = {
  publicKey:
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
  timestamp: "1600112502",
  signature: "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
  body:
    '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address",' +
    '"sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",' +
    '"sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0",' +
    '"smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
};
const second: Signed = {
  publicKey:
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==",
  timestamp: "1588788367",
  signature: "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=",
  body: '{"category":"example_payload","event":"test_event","message_id":"message_id"}',
};

test("SendGrid's known answers are genuine, to its own client as well", async () => {
  expect(await verdict(first)).toBe("bounced");
  // Genuine, and no list of events.
  expect(await verdict(second)).toBe("webhook.unreadable");
  expect([first, second].map(theirVerdict)).toEqual([true, true]);
});

describe("what is refused, SendGrid's own client refuses too:", () => {
  const flipped = (text: string, place: number) =>
    text.slice(0, place) + (text[place] === "A" ? "B" : "A") + text.slice(place + 1);
  const wrong: readonly [string, Partial<Signed>][] = [
    ["a body with one byte changed", { body: flipped(String(first.body), 20) }],
    ["a body without its last line break", { body: String(first.body).trimEnd() }],
    ["JSON that was written anew", { body: JSON.stringify(JSON.parse(String(first.body))) }],
    ["an empty body", { body: "" }],
    ["another time", { timestamp: "1600112503" }],
    ["a signature with a byte changed", { signature: flipped(first.signature, 30) }],
    ["the signature of another body", { signature: second.signature }],
    ["what is no signature", { signature: "c2VjcmV0" }],
    ["another connection's key", { publicKey: own.publicKey }],
  ];
  test.each(wrong)("%s", async (_, changes) => {
    const changed = { ...first, ...changes };
    expect([await verdict(changed), theirVerdict(changed)]).toEqual(["webhook.refused", false]);
  });
});

const body = writeEvents([eventOf({ number: 1, at }, { event: "spamreport" })]);
const signed = (by = own) => ({ body, headers: signEvents(body, { privateKey: by.privateKey, at }) });

async function receiver(config: object) {
  const { receive, host } = await open({ ...base, ...config });
  return (headers: Record<string, string | undefined>) => {
    const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const url = host.links.webhookUrl;
    return receive({ method: "POST", url, headers: new Headers(given), body: Buffer.from(body), signal });
  };
}

test("what the stand-in signs, SendGrid's own client verifies", () => {
  const { headers } = signed();
  const theirs = { publicKey: own.publicKey, timestamp: headers[TIMESTAMP], signature: headers[SIGNATURE], body };
  expect(theirVerdict(theirs)).toBe(true);
});

test.each([
  ["no signature", { [SIGNATURE]: undefined }],
  ["an empty signature", { [SIGNATURE]: "" }],
  ["no time", { [TIMESTAMP]: undefined }],
  ["an empty time", { [TIMESTAMP]: "" }],
])("a webhook with %s is refused", async (_, changes) => {
  const receive = await receiver({ publicKey: own.publicKey });
  expect(await receive(signed().headers)).toMatchObject({ receipts: [{ kind: "complained" }] });
  expect(await refusal(receive({ ...signed().headers, ...changes }))).toMatchObject({ code: "webhook.refused" });
});

test.each(["1.7674e9", " 1767323045", "01767323045", "soon", "-1767323045", "1767323045.0"])(
  "a time written as %j is refused, however genuine its signature",
  async (timestamp) => {
    const signature = createSign("sha256")
      .update(timestamp + body)
      .sign(own.privateKey, "base64");
    const receive = await receiver({ publicKey: own.publicKey });
    const headers = { [SIGNATURE]: signature, [TIMESTAMP]: timestamp };
    // A header's blanks are taken off on the way; then it is another time than was signed.
    expect(await refusal(receive(headers))).toMatchObject({ code: "webhook.refused" });
  },
);

test("the time and what is signed with it are handed to the host, which refuses what is old, new or was there", async () => {
  const receive = await receiver({ publicKey: own.publicKey });
  const [one, again] = [await receive(signed().headers), await receive(signed().headers)];
  expect(one.proof).toMatchObject({ by: "signature", signedAt: at });
  // ECDSA signs the same in another way each time.
  expect(again.proof).toEqual(one.proof);
});

test("a connection without a key takes nothing, and one with two takes what either signs", async () => {
  expect(await refusal((await receiver({}))(signed().headers))).toMatchObject({ code: "webhook.refused" });
  const receive = await receiver({ publicKey: own.publicKey, previousPublicKey: other.publicKey });
  for (const keys of [own, other]) expect(await receive(signed(keys).headers)).toHaveProperty("proof");
  expect(await refusal(receive(signed(makeKeys()).headers))).toMatchObject({ code: "webhook.refused" });
});
