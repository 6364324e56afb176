import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretBox } from "../../src/connections/secret-box.ts";

const place = { workspaceId: 1, owner: "c", field: "password" };

describe("sealed secrets", () => {
  it("open where they were sealed, and look different every time", () => {
    const box = createSecretBox(randomBytes(32));
    const sealed = box.seal(place, "s3cret é");
    expect(box.open(place, sealed)).toBe("s3cret é");
    expect(JSON.stringify(sealed)).not.toContain("s3cret");
    expect(box.seal(place, "s3cret é").data).not.toBe(sealed.data);
    expect(box.open(place, box.seal(place, ""))).toBe("");
  });

  it.each([
    ["another workspace", { ...place, workspaceId: 2 }],
    ["another connection", { ...place, owner: "d" }],
    ["another field", { ...place, field: "token" }],
  ])("do not open in %s", (_name, other) => {
    const box = createSecretBox(randomBytes(32));
    const sealed = box.seal(place, "s3cret");
    expect(() => box.open(other, sealed)).toThrow(expect.objectContaining({ code: "connection.secret_key_wrong" }));
  });

  it("do not open with another key or once tampered with", () => {
    const box = createSecretBox(randomBytes(32));
    const sealed = box.seal(place, "s3cret");
    const bent = Buffer.from(sealed.data, "base64");
    bent[15]! ^= 1;
    for (const open of [
      () => createSecretBox(randomBytes(32)).open(place, sealed),
      () => box.open(place, { ...sealed, data: bent.toString("base64") }),
      () => box.open(place, { ...sealed, data: "" }),
    ]) {
      expect(open).toThrow(expect.objectContaining({ code: "connection.secret_key_wrong" }));
    }
  });

  it("open with a key that sealed before, and are sealed with the present one", () => {
    const [older, present] = [randomBytes(32), randomBytes(32)];
    const sealed = createSecretBox(older).seal(place, "s3cret");
    const both = createSecretBox(present, [older]);
    expect(both.open(place, sealed)).toBe("s3cret");
    expect(both.seal(place, "new").kid).not.toBe(sealed.kid);
    expect(() => createSecretBox(undefined, [older]).open(place, sealed)).toThrow(
      expect.objectContaining({ code: "connection.secret_key_missing" }),
    );

    const again = both.reseal(place, sealed)!;
    expect(createSecretBox(present).open(place, again)).toBe("s3cret");
    expect(both.reseal(place, again)).toBeUndefined();
    expect(() => both.reseal({ ...place, field: "token" }, sealed)).toThrow(
      expect.objectContaining({ code: "connection.secret_key_wrong" }),
    );
  });

  it("cannot be made without a key", () => {
    const missing = expect.objectContaining({ code: "connection.secret_key_missing" });
    expect(() => createSecretBox(undefined).seal(place, "s3cret")).toThrow(missing);
  });
});
