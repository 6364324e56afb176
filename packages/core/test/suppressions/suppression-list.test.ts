import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createSecretBox } from "../../src/connections/secret-box.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createSuppressionList } from "../../src/suppressions/suppression-list.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";

const operatorKey = randomBytes(32);
/** The list as one process holds it. */
const openList = () => createSuppressionList(createSecretBox(operatorKey));
const openWith = (key: Uint8Array | undefined) => createSuppressionList(createSecretBox(key));
const email = (address: string) => ({ channel: "email", address });
const sms = (address: string) => ({ channel: "sms", address });

let db: TestStore;
let workspaceId: number;
let made = 0;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());
beforeEach(async () => {
  const slug = `list-${++made}`;
  workspaceId = (await createWorkspace(db.store, { slug, name: slug })).id;
});

const tx = <T>(work: (tx: Tx) => Promise<T>, id = workspaceId) => inWorkspace(db.store, id, work);
const hashes = (id = workspaceId) =>
  tx(async (t) => {
    const rows = await t.rows<{ hash: string }>("select encode(address_hash, 'hex') as hash from suppressions");
    return rows.map(({ hash }) => hash).sort();
  }, id);

it.each([
  [email("ann@example.com"), email(" Ann@EXAMPLE.com ")],
  [email("ann@bücher.example"), email("ANN@xn--bcher-kva.example")],
  [sms("+49 (151) 234-567.89"), sms("004915123456789")],
])("knows %j as %j too", async (listed, written) => {
  const list = openList();
  await tx((t) => list.add(t, [listed], "manual"));
  expect(await tx((t) => list.find(t, [written]))).toMatchObject([{ reason: "manual" }]);
  expect(await tx((t) => list.remove(t, [written]))).toBe(1);
  expect(await tx((t) => list.find(t, [listed]))).toEqual([undefined]);
});

it("keeps the first reason and time of an address, and each channel apart", async () => {
  const list = openList();
  const both = [email("ann@example.com"), email("bo@example.com")];
  expect(await tx((t) => list.add(t, both.slice(0, 1), "hard_bounce"))).toBe(1);
  const [first] = await tx((t) => list.find(t, both));
  expect(await tx((t) => list.add(t, [...both, ...both], "manual"))).toBe(1);
  expect(await tx((t) => list.find(t, [...both, sms("+491512345678")]))).toMatchObject([
    first,
    { reason: "manual" },
    undefined,
  ]);
});

it("holds hashes that only the key of the workspace leads to", async () => {
  const other = await createWorkspace(db.store, { slug: `other-${made}`, name: "Other" });
  for (const id of [workspaceId, other.id]) {
    const list = openList();
    await tx((t) => list.add(t, [email("ann@example.com")], "manual"), id);
  }
  const [own, theirs] = [await hashes(), await hashes(other.id)];
  expect(own).toHaveLength(1);
  expect(theirs).toHaveLength(1);
  expect(own).not.toEqual(theirs);
});

it("has one key, whoever begins it at once", async () => {
  const lists = Array.from({ length: 5 }, () => openList());
  await Promise.all(lists.map((list, i) => tx((t) => list.add(t, [email(`c${i}@example.com`)], "manual"))));
  const everybody = lists.map((_, i) => email(`c${i}@example.com`));
  for (const list of lists) {
    const found = await tx((t) => list.find(t, everybody));
    expect(found.map((one) => one?.reason)).toEqual(Array(5).fill("manual"));
  }
});

it("is not begun by a transaction that was rolled back", async () => {
  const list = openList();
  const failing = tx(async (t) => {
    await list.add(t, [email("ann@example.com")], "manual");
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  const elsewhere = openList();
  await tx((t) => elsewhere.add(t, [email("ann@example.com")], "manual"));
  expect(await tx((t) => list.find(t, [email("ann@example.com")]))).toMatchObject([{ reason: "manual" }]);
});

it("lets everybody through who asks before it is begun, with or without an operator's key", async () => {
  expect(await tx((t) => openWith(undefined).find(t, [email("ann@example.com")]))).toEqual([undefined]);
  expect(await tx((t) => openList().remove(t, [email("ann@example.com")]))).toBe(0);
});

it.each([
  ["without", undefined],
  ["with another", randomBytes(32)],
])("stops a process %s operator's key instead of letting anybody through", async (_, key) => {
  await tx((t) => openList().add(t, [email("ann@example.com")], "manual"));
  const blind = openWith(key);
  for (const ask of [
    async (t: Tx): Promise<unknown> => blind.find(t, [email("ann@example.com")]),
    async (t: Tx): Promise<unknown> => blind.add(t, [email("bo@example.com")], "manual"),
  ]) {
    await expect(tx(ask)).rejects.toMatchObject({ code: "suppression.key_unavailable", retry: "backoff" });
  }
});
