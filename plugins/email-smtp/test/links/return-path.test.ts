import { createSigner } from "@wend/email";
import { createTestHost } from "@wend/plugin/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findReturnPath, returnPath } from "../../src/links/return-path.ts";

const sign = createSigner(createTestHost());
const bounce = "bounce@mail.example.com";

test("a delivery is found again by its return path, whatever a server makes of its case", () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const path = returnPath(bounce, id, sign);
      expect(path).toMatch(/^bounce\+[0-9a-z]{45}@mail\.example\.com$/);
      expect(path.indexOf("@")).toBeLessThanOrEqual(64);
      expect(findReturnPath(bounce, `To: <${path}>`, sign)).toBe(id);
      expect(findReturnPath(bounce, `Delivered-To: ${path.toUpperCase()}`, sign)).toBe(id);
    }),
  );
});

test("one that was changed in any place, or comes from another connection, finds nothing", () => {
  const path = returnPath(bounce, "01980000-0000-7000-8000-000000000001", sign);
  for (let at = "bounce+".length; at < path.indexOf("@"); at++) {
    const other = path[at] === "0" ? "1" : "0";
    expect(findReturnPath(bounce, path.slice(0, at) + other + path.slice(at + 1), sign)).toBeUndefined();
  }
  expect(findReturnPath(bounce, path, createSigner(createTestHost()))).toBeUndefined();
  expect(findReturnPath("other@mail.example.com", path, sign)).toBeUndefined();
});

test("a forged one does not hide a genuine one", () => {
  const id = "01980000-0000-7000-8000-000000000001";
  expect(
    findReturnPath(bounce, `bounce+${"0".repeat(45)}@mail.example.com ${returnPath(bounce, id, sign)}`, sign),
  ).toBe(id);
});
