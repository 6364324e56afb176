import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { collectBody, decodeBody } from "../../../src/accept/edge/read-body.ts";

const limit = 512 * 1024;

async function* chunks(size: number, count: number) {
  for (let i = 0; i < count; i++) yield new Uint8Array(size);
}

describe("a body is bounded while it is read", () => {
  it("is taken up to the limit, however it is cut", async () => {
    expect((await collectBody(chunks(limit, 1))).length).toBe(limit);
    expect((await collectBody(chunks(1024, 512))).length).toBe(limit);
  });

  it("is refused at the first chunk too many, the rest unread", async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read++;
        yield new Uint8Array(64 * 1024);
      }
    }
    await expect(collectBody(endless())).rejects.toMatchObject({ code: "request.too_large", status: 413 });
    expect(read).toBe(9);
  });
});

describe("a compressed body is bounded while it inflates", () => {
  it("gives back what was compressed", async () => {
    const body = await decodeBody(gzipSync(`{"a":1}`), " GZIP");
    expect(Buffer.from(body).toString()).toBe(`{"a":1}`);
  });

  it("is refused when it inflates beyond the limit", async () => {
    const bomb = gzipSync(new Uint8Array(200 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    await expect(decodeBody(bomb, "gzip")).rejects.toMatchObject({ code: "request.too_large" });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });

  it("is refused when it is no gzip", async () => {
    await expect(decodeBody(Buffer.from("{}"), "gzip")).rejects.toMatchObject({ code: "request.invalid_json" });
    await expect(decodeBody(gzipSync("{}").subarray(0, 12), "gzip")).rejects.toMatchObject({
      code: "request.invalid_json",
    });
  });

  it("is refused in an encoding that is not known", async () => {
    await expect(decodeBody(Buffer.from("{}"), "br")).rejects.toMatchObject({
      code: "request.unsupported_encoding",
      status: 415,
    });
  });

  it("is left alone when it is not compressed", async () => {
    const body = Buffer.from("{}");
    expect(await decodeBody(body, undefined)).toBe(body);
    expect(await decodeBody(body, "identity")).toBe(body);
  });
});
