import { randomBytes } from "node:crypto";
import { createSecretBox, createSuppressionList, inWorkspace } from "@wend/core";
import { createTestStore } from "@wend/core/testing";
import { afterAll, expect, test } from "vitest";
import { spawnWend } from "../spawn-wend.ts";

const db = await createTestStore();
afterAll(() => db.close());

const ann = { channel: "email", address: "ann@example.com" };
const [first, second] = [randomBytes(32), randomBytes(32)];

async function reseal(previous: string) {
  const env = { DATABASE_URL: db.url, WEND_SECRET_KEY: second.toString("base64"), WEND_SECRET_KEY_PREVIOUS: previous };
  const wend = spawnWend(["reseal"], env);
  return { code: await wend.ended, output: wend.output().trim() };
}

test("wend reseal seals with the present key what an older one sealed, and fails while one is missing", async () => {
  await inWorkspace(db.store, db.workspace.id, (tx) =>
    createSuppressionList(createSecretBox(first)).add(tx, [ann], "bounced"),
  );
  const without = await reseal("");
  expect(without.code, without.output).toBe(1);
  expect(without.output).toMatch(/1 do not open.*\n {2}workspace \d+, key suppressions: key [0-9a-f]{8}$/);

  const { code, output } = await reseal(first.toString("base64"));
  expect(code, output).toBe(0);
  expect(output).toContain("1 sealed anew, 0 were already; no older key is needed any more");
  const found = await inWorkspace(db.store, db.workspace.id, (tx) =>
    createSuppressionList(createSecretBox(second)).find(tx, [ann]),
  );
  expect(found).toMatchObject([{ reason: "bounced" }]);
}, 120_000);
