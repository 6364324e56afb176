import type { KeyObject } from "node:crypto";
import { generateKeyPairSync, sign } from "node:crypto";

/** The keys of one event webhook, as its settings show them. */
export function makeKeys() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return { privateKey, publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64") };
}

/** As SendGrid posts them: one event on a line, a line break at the end, which is signed too. */
export const writeEvents = (events: readonly object[]): string =>
  `[${events.map((event) => JSON.stringify(event)).join(",\r\n")}]\r\n`;

/** The headers of a body that is posted at a time, in milliseconds since the epoch. */
export function signEvents(body: string, { privateKey, at }: { privateKey: KeyObject | string; at: number }) {
  const timestamp = String(Math.floor(at / 1_000));
  return {
    "content-type": "application/json",
    "user-agent": "SendGrid Event API",
    "x-twilio-email-event-webhook-signature": sign("sha256", Buffer.from(timestamp + body), privateKey).toString(
      "base64",
    ),
    "x-twilio-email-event-webhook-timestamp": timestamp,
  };
}
