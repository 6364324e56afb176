import smsTwilio from "@wend/sms-twilio";
import { expect, test } from "vitest";

const { config, actions, secrets } = smsTwilio.manifest;
const account = { accountSid: `AC${"0aF".repeat(10)}00`, authToken: "token-1" };
const service = `MG${"b".repeat(32)}`;

test.each([
  { senders: ["+14155552345"] },
  { senders: ["+14155552345", "12345", "The Shop"] },
  { messagingServiceSid: service },
  { messagingServiceSid: service, apiKeySid: `SK${"c".repeat(32)}`, apiKeySecret: "key-secret" },
  { senders: ["12345"], previousAuthToken: "token-0", helpText: "Call 1", url: "https://api.dublin.ie1.twilio.com/" },
])("config %j is accepted", (rest) => {
  expect(config.safeParse({ ...account, ...rest }).error).toBeUndefined();
});

test.each([
  [{}, "senders"],
  [{ senders: [] }, "senders"],
  [{ senders: ["+14155552345"], messagingServiceSid: service }, "senders"],
  [{ senders: ["+14155552345", "+14155552345"] }, "senders"],
  [{ senders: ["0049151"], accountSid: "AC1" }, "accountSid"],
  [{ senders: ["+0415555234"] }, "senders"],
  [{ senders: ["+1415555234567890"] }, "senders"],
  [{ senders: ["whatsapp:+14155552345"] }, "senders"],
  [{ senders: ["A name too long"] }, "senders"],
  [{ senders: ["Shop\r\nX"] }, "senders"],
  [{ messagingServiceSid: "MG1" }, "messagingServiceSid"],
  [{ senders: ["12345"], authToken: "" }, "authToken"],
  [{ senders: ["12345"], authToken: "a b" }, "authToken"],
  [{ senders: ["12345"], apiKeySid: `SK${"c".repeat(32)}` }, "apiKeySecret"],
  [{ senders: ["12345"], url: "https://api.twilio.com/2010-04-01" }, "url"],
  [{ senders: ["12345"], url: "https://u:p@api.twilio.com" }, "url"],
  [{ senders: ["12345"], url: "ftp://api.twilio.com" }, "url"],
  [{ senders: ["12345"], helpText: "" }, "helpText"],
])("config %j is refused for %s", (rest, field) => {
  expect(config.safeParse({ ...account, ...rest }).error?.issues.map(({ path }) => path[0])).toContain(field);
});

test.each([{ text: "Hello" }, { text: "Hello", validitySeconds: 60 }])("input %j is accepted", (input) => {
  expect(actions.send.input.safeParse(input).success).toBe(true);
});

test.each([{}, { text: "" }, { text: "a", validitySeconds: 0 }, { text: "a", validitySeconds: 36_001 }])(
  "input %j is refused",
  (input) => {
    expect(actions.send.input.safeParse(input).success).toBe(false);
  },
);

test("all that opens something at Twilio is a secret", () => {
  expect(secrets).toEqual(["authToken", "previousAuthToken", "apiKeySecret"]);
});
