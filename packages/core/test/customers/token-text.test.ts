import { createHash, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { readToken, writeToken } from "../../src/customers/token-text.ts";

const key = randomBytes(32);
const said = { w: 1, p: "01890a5d-ac96-774b-bcce-b302099a8057", e: 1_790_000_000 };
const token = writeToken(key, said);
const isSigned = (text: string, by = key) => readToken(text)?.isSignedBy(by) ?? false;

it("a token says what it was made of, and is signed by its key alone", () => {
  expect(readToken(token)?.claims).toEqual(said);
  expect(isSigned(token)).toBe(true);
  expect(isSigned(token, randomBytes(32))).toBe(false);
});

it("a token names the key that it was signed with, in few characters", () => {
  const keyId = createHash("sha256").update(key).digest("base64url").slice(0, 4);
  const [payload, signature] = token.split(".");
  expect(signature).toMatch(new RegExp(`^${keyId}[\\w-]{43}$`));
  expect(isSigned(`${payload}.${signature!.slice(4)}`)).toBe(false);
});

it("a token with any character of its signature changed or taken away is not signed", () => {
  for (let i = token.indexOf(".") + 1; i < token.length; i++) {
    const changed = token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1);
    expect([i, isSigned(changed), isSigned(token.slice(0, i) + token.slice(i + 1))]).toEqual([i, false, false]);
  }
});
