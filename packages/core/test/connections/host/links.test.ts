import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { LinkSetup } from "../../../src/connections/host/links.ts";
import { createLinks } from "../../../src/connections/host/links.ts";

const setup: LinkSetup = {
  connectionId: "01890a5d-ac96-774b-bcce-b302099a8057",
  plugin: "email-smtp",
  linkKey: randomBytes(32),
  publicUrl: () => "https://wend.test",
};
const links = createLinks(setup);
const data = { profile: "p-1", step: 2, sure: true };

describe("the links of a connection", () => {
  it("lie below its own address", () => {
    expect(links.webhookUrl).toBe(`https://wend.test/hooks/email-smtp/${setup.connectionId}`);
    expect(links.baseUrl).toBe(`https://wend.test/c/${setup.connectionId}`);
  });

  it("give back what they were signed with, in every process that has the key", () => {
    const token = links.sign("click", data);
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
    expect(createLinks(setup).open("click", token)).toEqual(data);
  });

  it("name the key that they were signed with, in few characters", () => {
    const keyId = createHash("sha256").update(setup.linkKey!).digest("base64url").slice(0, 4);
    const [payload, signature] = links.sign("click", data).split(".");
    expect(signature).toMatch(new RegExp(`^${keyId}[\\w-]{22}$`));
    expect(links.open("click", `${payload}.${signature!.slice(4)}`)).toBeUndefined();
  });

  it.each([
    ["for another purpose", links, "unsubscribe"],
    ["at another connection", createLinks({ ...setup, connectionId: "01890a5d-ac96-774b-bcce-b302099a8058" }), "click"],
    ["by another key", createLinks({ ...setup, linkKey: randomBytes(32) }), "click"],
  ])("do not open %s", (_, elsewhere, purpose) => {
    expect(elsewhere.open(purpose, links.sign("click", data))).toBeUndefined();
  });

  it("do not open with any character changed, taken away or added", () => {
    const token = links.sign("click", data);
    for (let i = 0; i < token.length; i++) {
      const changed = token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1);
      expect([i, links.open("click", changed)]).toEqual([i, undefined]);
      expect([i, links.open("click", token.slice(0, i) + token.slice(i + 1))]).toEqual([i, undefined]);
    }
    for (const other of ["", ".", "a.b", `${token}.`, `${token}=`, `.${token}`, `${token}.${token}`]) {
      expect([other, links.open("click", other)]).toEqual([other, undefined]);
    }
  });

  it("carry up to 2,000 characters of JSON", () => {
    const most = { text: "x".repeat(2_000 - JSON.stringify({ text: "" }).length) };
    expect(links.open("click", links.sign("click", most))).toEqual(most);
    const refused = expect.objectContaining({ code: "plugin.bad_output", detail: expect.stringContaining("2000") });
    expect(() => links.sign("click", { text: `${most.text}x` })).toThrowError(refused);
  });

  it("need the operator's key", () => {
    const unsigned = createLinks({ ...setup, linkKey: undefined });
    expect(unsigned.baseUrl).toBe(links.baseUrl);
    const refused = expect.objectContaining({ code: "connection.secret_key_missing" });
    expect(() => unsigned.sign("click", data)).toThrowError(refused);
    expect(() => unsigned.open("click", links.sign("click", data))).toThrowError(refused);
  });
});
