import { createHash } from "node:crypto";
import { blobLimits, inWorkspace } from "@wend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApi } from "./harness.ts";
import { startTestApi } from "./harness.ts";

describe("blobs", () => {
  let api: TestApi;
  const bytes = Buffer.from("%PDF-1.7 terms");
  const id = createHash("sha256").update(bytes).digest("hex");
  const file = { name: "terms.pdf", contentType: "application/pdf", base64: bytes.toString("base64") };
  const put = (change: object = {}, key?: string) =>
    api.mutate<{ id: string; bytes: number }>("blobs.put", { ...file, ...change }, key);
  const get = (asked = id, key?: string) => api.query("blobs.get", { id: asked }, key);
  const load = async (asked: string) => {
    const connection = await api.runtime.connections.open({ workspaceId: api.test.workspace.id, connectionId });
    return connection.instance.lookup?.(asked, "send", new AbortController().signal);
  };
  let connectionId: string;

  beforeAll(async () => {
    api = await startTestApi();
    const made = await api.mutate<{ id: string }>("connections.create", {
      key: "mail",
      plugin: "mail",
      config: { host: "mail.example.com" },
    });
    connectionId = made.data.id;
  });
  afterAll(() => api.close());

  it("are stored under the hash of their bytes, once, and told without their bytes", async () => {
    expect((await put()).data).toEqual({ id, bytes: bytes.length });
    expect((await get()).data).toEqual({
      id,
      name: "terms.pdf",
      contentType: "application/pdf",
      bytes: bytes.length,
      createdAt: "2026-01-01T12:00:00.000Z",
    });
    expect((await put({ name: "AGB.pdf", contentType: "text/plain; charset=utf-8" })).data.id).toBe(id);
    expect((await get()).data).toMatchObject({ name: "AGB.pdf", contentType: "text/plain; charset=utf-8" });
    const { id: workspaceId } = api.test.workspace;
    const rows = await inWorkspace(api.test.store, workspaceId, (tx) =>
      tx.rows("select id from blobs where workspace_id = $1", [workspaceId]),
    );
    expect(rows).toEqual([{ id }]);
  });

  it("reach a plugin as they were sent", async () => {
    await put();
    expect(await load(id)).toEqual({ outcome: "accepted", providerId: `${file.name} ${file.contentType} ${bytes}` });
  });

  it("are gone once they are deleted", async () => {
    await put();
    expect((await api.mutate("blobs.delete", { id })).data).toEqual({ id });
    for (const answer of [await get(), await api.mutate("blobs.delete", { id })]) {
      expect([answer.status, answer.error.data.wend]).toMatchObject([404, { code: "blob.not_found", pointer: "/id" }]);
    }
    await expect(load(id)).rejects.toMatchObject({ code: "blob.not_found" });
  });

  it("answer another tenant like ids that nobody has", async () => {
    await put();
    const other = await api.addTenant("blobs-other");
    const unknown = await get("0".repeat(64), other.key);
    const { requestId: _, ...told } = unknown.error.data.wend;
    expect((await get(id, other.key)).error.data.wend).toMatchObject(told);
    expect((await api.mutate("blobs.delete", { id }, other.key)).status).toBe(404);
    // The same file is a row of its own there.
    await put({ name: "theirs.pdf" }, other.key);
    await api.mutate("blobs.delete", { id }, other.key);
    expect((await get()).data).toMatchObject({ id, name: "terms.pdf" });
  });

  it("take as many bytes as the limit says, and not one more", async () => {
    const sized = (size: number) => put({ base64: Buffer.alloc(size, 7).toString("base64") });
    expect((await sized(blobLimits.bytes)).data.bytes).toBe(blobLimits.bytes);
    for (const size of [blobLimits.bytes + 1, blobLimits.bytes + 100]) {
      const { status, error } = await sized(size);
      expect([status, error.data.wend]).toMatchObject([413, { code: "blob.too_large", pointer: "/base64" }]);
    }
  });

  it.each(["terms.pdf", "Übersicht 2026 (final).pdf", "規約.pdf", ".htaccess", "a".repeat(200)])(
    "take the name %j",
    async (name) => expect((await put({ name })).status).toBe(200),
  );

  it.each([
    ["name", ""],
    ["name", "a".repeat(201)],
    ["name", ".."],
    ["name", " terms.pdf"],
    ["name", "../terms.pdf"],
    ["name", "c:\\terms.pdf"],
    ["name", "terms.pdf\r\nbcc: eve@example.com"],
    ["name", "terms\u202efdp.exe"],
    ["contentType", ""],
    ["contentType", "pdf"],
    ["contentType", "application/pdf\r\nx: y"],
    ["contentType", 'application/pdf; name="a.pdf"'],
    ["contentType", `application/${"x".repeat(200)}`],
    ["contentType", "*/*"],
    ["base64", ""],
    ["base64", "AAA"],
    ["base64", "AAAA\nAAAA"],
    ["base64", "AB=="],
    ["base64", "_-8="],
    ["base64", "data:;base64,AAAA"],
    ["more", "field"],
  ])("are refused with the pointer of the fault: %s %j", async (field, value) => {
    const { status, error } = await put({ [field]: value });
    expect([status, error.data.wend]).toMatchObject([400, { code: "request.invalid_field", pointer: `/${field}` }]);
  });

  it.each(["", "A".repeat(64), "0".repeat(63), "terms.pdf"])("are not asked for as %j", async (asked) => {
    const { status, error } = await get(asked);
    expect([status, error.data.wend]).toMatchObject([400, { code: "request.invalid_field", pointer: "/id" }]);
  });
});
