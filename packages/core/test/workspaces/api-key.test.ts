import type { ManualClock, TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectStore } from "../../src/store/connect.ts";
import { asOwner } from "../../src/store/owner.ts";
import { createApiKey } from "../../src/workspaces/create-api-key.ts";
import { makeKey, withChecksum } from "../../src/workspaces/key-text.ts";
import { revokeApiKey } from "../../src/workspaces/revoke-api-key.ts";
import { verifyApiKey } from "../../src/workspaces/verify-api-key.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";

const invalid = { code: "auth.invalid_key" };
const server = { kind: "srv", name: "server", scopes: ["*"] } as const;

let test: TestStore<ManualClock>;
let workspaceId: number;
beforeAll(async () => {
  test = await createTestStore({ now: "2026-01-01T00:00:00Z" });
  workspaceId = test.workspace.id;
});
afterAll(() => test.close());

/** Another character of the same alphabet at one place. */
const tampered = (key: string, at: number) => key.slice(0, at) + (key[at] === "a" ? "b" : "a") + key.slice(at + 1);

/** A well-formed key with the id of another. */
const forged = (kind: "pub" | "srv", id: string) =>
  withChecksum(`${kind}_${id}_${makeKey(kind).key.split("_")[2]!.slice(0, -6)}`);

describe("an API key", () => {
  it("speaks for its workspace with its scopes", async () => {
    const { id, key } = await createApiKey(test.store, workspaceId, {
      kind: "pub",
      name: "shop",
      scopes: ["ingest"],
      allow: { events: ["Page Viewed"], traits: ["plan"] },
    });
    expect(await verifyApiKey(test.store, key)).toEqual({
      workspaceId,
      shards: 16,
      keyId: id,
      kind: "pub",
      scopes: ["ingest"],
      allow: { events: ["Page Viewed"], traits: ["plan"] },
    });
  });

  it("is stored as a digest only", async () => {
    const { key } = await createApiKey(test.store, workspaceId, server);
    const { rows } = await asOwner(test.url, (client) => client.query("select k::text as row from api_keys k"));
    const secret = key.split("_")[2]!;
    expect(rows.filter(({ row }) => row.includes(secret))).toEqual([]);
  });

  it("shows a workspace nothing of the keys of another", async () => {
    const other = await createWorkspace(test.store, { slug: "other", name: "Other" });
    const { id, key } = await createApiKey(test.store, other.id, server);
    await expect(revokeApiKey(test.store, workspaceId, id)).rejects.toMatchObject({ code: "auth.key_not_found" });
    expect(await verifyApiKey(test.store, key)).toMatchObject({ workspaceId: other.id });
  });

  it("is refused when it is missing, empty or malformed", async () => {
    await expect(verifyApiKey(test.store, undefined)).rejects.toMatchObject({ code: "auth.missing_key" });
    await expect(verifyApiKey(test.store, "")).rejects.toMatchObject({ code: "auth.missing_key" });
    for (const text of ["srv_", "srv_x_y", "' or 1=1 --", "\0", `srv_${"a".repeat(16)}_${"a".repeat(49)}`]) {
      await expect(verifyApiKey(test.store, text)).rejects.toMatchObject(invalid);
    }
  });

  it("is refused with any one character changed, before the database is asked", async () => {
    const { key } = makeKey("srv");
    const down = connectStore({ url: "postgres://nobody@127.0.0.1:1/none" });
    for (let at = 0; at < key.length; at++) {
      await expect(verifyApiKey(down, tampered(key, at)), `at ${at}`).rejects.toMatchObject(invalid);
    }
    await expect(verifyApiKey(down, key)).rejects.toMatchObject({ code: "store.unavailable" });
    await down.close();
  });

  it("is refused with a right checksum and a wrong secret, id or kind", async () => {
    const { id, key } = await createApiKey(test.store, workspaceId, server);
    const stranger = makeKey("srv");
    await expect(verifyApiKey(test.store, stranger.key)).rejects.toMatchObject(invalid);
    for (const kind of ["srv", "pub"] as const) {
      await expect(verifyApiKey(test.store, forged(kind, id))).rejects.toMatchObject(invalid);
    }
    const otherKind = withChecksum(key.replace("srv_", "pub_").slice(0, -6));
    await expect(verifyApiKey(test.store, otherKind)).rejects.toMatchObject(invalid);
  });

  it("is refused from the instant of its expiry, also when it was just remembered as valid", async () => {
    const expiresAt = test.clock.now() + 60_000;
    const { key } = await createApiKey(test.store, workspaceId, { ...server, expiresAt });
    test.clock.advance(59_999);
    expect(await verifyApiKey(test.store, key)).toMatchObject({ workspaceId });
    test.clock.advance(1);
    await expect(verifyApiKey(test.store, key)).rejects.toMatchObject(invalid);
  });

  it("expires by the database's clock where no manual one rules", async () => {
    const production = connectStore({ url: test.url });
    const make = (expiresAt: number) => createApiKey(production, workspaceId, { ...server, expiresAt });
    const [past, future] = [await make(Date.now() - 60_000), await make(Date.now() + 60_000)];
    await expect(verifyApiKey(production, past.key)).rejects.toMatchObject(invalid);
    expect(await verifyApiKey(production, future.key)).toMatchObject({ keyId: future.id });
    await production.close();
  });

  it("is refused once revoked, at once in the same process; revoking it again changes nothing", async () => {
    const { id, key } = await createApiKey(test.store, workspaceId, server);
    await verifyApiKey(test.store, key);
    await revokeApiKey(test.store, workspaceId, id);
    await expect(verifyApiKey(test.store, key)).rejects.toMatchObject(invalid);
    await revokeApiKey(test.store, workspaceId, id);
  });

  it("rotates: two keys live side by side until the first is revoked", async () => {
    const first = await createApiKey(test.store, workspaceId, server);
    const second = await createApiKey(test.store, workspaceId, server);
    expect(await verifyApiKey(test.store, first.key)).toMatchObject({ keyId: first.id });
    expect(await verifyApiKey(test.store, second.key)).toMatchObject({ keyId: second.id });
    await revokeApiKey(test.store, workspaceId, first.id);
    await expect(verifyApiKey(test.store, first.key)).rejects.toMatchObject(invalid);
    expect(await verifyApiKey(test.store, second.key)).toMatchObject({ keyId: second.id });
  });

  it("cannot be made for a workspace that does not exist", async () => {
    await expect(createApiKey(test.store, 999_999, server)).rejects.toMatchObject({ code: "workspace.not_found" });
  });

  it("cannot be a pub_ key that reads, and every fault of its making is named at once", async () => {
    const wrong = { kind: "pub", name: "", scopes: ["journeys:read"] } as const;
    await expect(createApiKey(test.store, workspaceId, wrong)).rejects.toMatchObject({
      code: "auth.invalid_request",
      problems: [{ pointer: "/name" }, { pointer: "/scopes" }],
    });
  });
});
