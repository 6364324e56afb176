import { connectStore, verifyApiKey } from "@wend/core";
import { createTestStore } from "@wend/core/testing";
import { afterAll, expect, test } from "vitest";
import { run } from "../../src/commands/key.ts";
import { spawnWend } from "../spawn-wend.ts";

const db = await createTestStore();
afterAll(() => db.close());

async function wendKey(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const wend = spawnWend(["key", ...args], { DATABASE_URL: db.url });
  return { code: await wend.ended, output: wend.output().trim() };
}

test("a pub_ key may send what it was allowed, until it is revoked", async () => {
  const allow = ["--allow-event", "Signed Up", "--allow-event", "Activated", "--allow-trait", "plan"];
  const { code, output: key } = await wendKey("--workspace", "test", "--kind", "pub", ...allow);
  expect(code, key).toBe(0);
  expect(await verifyApiKey(db.store, key)).toMatchObject({
    kind: "pub",
    scopes: ["ingest"],
    allow: { events: ["Signed Up", "Activated"], traits: ["plan"] },
  });

  const revoked = await wendKey("revoke", key, "--workspace", "test");
  expect(revoked.code, revoked.output).toBe(0);
  expect(revoked.output).not.toContain(key);
  // Another process: this one's store remembers the answer for a while.
  const other = connectStore({ url: db.url, max: 1 });
  try {
    await expect(verifyApiKey(other, key)).rejects.toMatchObject({ code: "auth.invalid_key" });
  } finally {
    await other.close();
  }
}, 120_000);

test("a key is revoked by its id as well; one that is not there is named", async () => {
  const { output: key } = await wendKey("--workspace", "test");
  const id = key.split("_")[1]!;
  expect(await wendKey("revoke", id, "--workspace", "test")).toMatchObject({ code: 0 });
  const unknown = await wendKey("revoke", "nothing", "--workspace", "test");
  expect(unknown.code).toBe(1);
  expect(unknown.output).toMatch(/^auth\.key_not_found: .*nothing/);
}, 120_000);

test.each([
  ["a kind that there is not", ["--kind", "server"]],
  ["an allow list for a key that may send everything", ["--allow-event", "Signed Up"]],
  ["a word that means nothing", ["create"]],
  ["a revocation of no key", ["revoke"]],
  ["a revocation of two", ["revoke", "a", "b"]],
  ["a revocation with an option that it has not", ["revoke", "a", "--kind", "pub"]],
])("%s is refused", async (_, args) => {
  await expect(run(args)).rejects.toMatchObject({ code: "cli.usage" });
});
