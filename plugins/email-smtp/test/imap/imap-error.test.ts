import { WendError } from "@wend/plugin";
import { expect, test } from "vitest";
import { toImapError } from "../../src/imap/imap-error.ts";

test.each([
  [{ serverResponseCode: "AUTHENTICATIONFAILED" }, "provider.unauthorized"],
  [{ serverResponseCode: "AUTHORIZATIONFAILED" }, "provider.unauthorized"],
  [{ serverResponseCode: "EXPIRED" }, "provider.unauthorized"],
  [{ authenticationFailed: true }, "provider.unauthorized"],
  // A server that is down says so in the middle of a login too.
  [{ authenticationFailed: true, serverResponseCode: "UNAVAILABLE" }, "provider.unavailable"],
  [{ serverResponseCode: "LIMIT" }, "provider.rate_limited"],
  [{ serverResponseCode: "NONEXISTENT" }, "provider.rejected"],
  [{ mailboxMissing: true }, "provider.rejected"],
  [{ code: "ECONNRESET" }, "provider.unavailable"],
  [{ code: "CONNECT_TIMEOUT" }, "provider.unavailable"],
  [{}, "provider.unavailable"],
])("%j is %s", (fault, code) => {
  expect(toImapError(Object.assign(new Error("words"), fault))).toMatchObject({ code });
});

test("an error that has a code keeps it", () => {
  const blocked = new WendError("connection.blocked_address");
  expect(toImapError(blocked)).toBe(blocked);
});
