import { randomBytes } from "node:crypto";
import type { Plugin } from "@wend/plugin";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createConnection } from "../../src/connections/create-connection.ts";
import { loadConnectionRow } from "../../src/connections/find-connection.ts";
import { openSecrets } from "../../src/connections/open-secrets.ts";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import { resealSecrets } from "../../src/connections/reseal-secrets.ts";
import type { SecretBox } from "../../src/connections/secret-box.ts";
import { createSecretBox } from "../../src/connections/secret-box.ts";
import { createCustomerTokens } from "../../src/customers/customer-tokens.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createSuppressionList } from "../../src/suppressions/suppression-list.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import { createWorkspaceKeys } from "../../src/workspaces/workspace-key.ts";
import { createProbePlugin } from "./plugins.ts";

const plugins = createPluginRegistry([createProbePlugin().plugin as unknown as Plugin]);
const first = randomBytes(32);
const second = randomBytes(32);
const ann = { channel: "email", address: "ann@example.com" };
const profileId = "01890a5d-ac96-774b-bcce-b302099a8057";

let db: TestStore;
let workspaces: number[];
beforeAll(async () => {
  db = await createTestStore();
  workspaces = [db.workspace.id, (await createWorkspace(db.store, { slug: "two", name: "Two" })).id];
});
afterAll(() => db?.close());

const inside = <T>(workspaceId: number, work: (tx: Tx) => Promise<T>) => inWorkspace(db.store, workspaceId, work);
const linkKeys = (box: SecretBox) =>
  createWorkspaceKeys(box, { purpose: "links", unavailable: "connection.secret_key_wrong" });

/** Everything of a workspace that the operator's key seals, made by one process. */
async function fill(workspaceId: number, box: SecretBox) {
  return inside(workspaceId, async (tx) => {
    const { id: connectionId } = await createConnection(
      tx,
      { plugins, secrets: box },
      { key: "probe", plugin: "probe", config: { host: "h", token: `token of ${workspaceId}` }, onUnknown: "hold" },
    );
    await createSuppressionList(box).add(tx, [ann], "bounced");
    const grant = { profileId, connectionId, expiresInSeconds: 3600 };
    const { token } = await createCustomerTokens(db.store, box).sign(tx, grant);
    return { workspaceId, connectionId, token, linkKey: await linkKeys(box).make(tx) };
  });
}

/** What another process reads of it, with the keys that it knows. */
async function read({ workspaceId, connectionId, token }: Awaited<ReturnType<typeof fill>>, box: SecretBox) {
  const speaksFor = await createCustomerTokens(db.store, box).open(token, { workspaceId, connectionId });
  return inside(workspaceId, async (tx) => ({
    secrets: openSecrets(box, workspaceId, await loadConnectionRow(tx, connectionId)),
    suppressed: (await createSuppressionList(box).find(tx, [ann])).map((found) => found?.reason),
    linkKey: (await linkKeys(box).find(tx))?.toString("hex"),
    speaksFor,
  }));
}

it("rotates the operator's key without losing a secret, a suppression, a link or a token", async () => {
  const made = await Promise.all(workspaces.map((id) => fill(id, createSecretBox(first))));
  const whole = ({ workspaceId, linkKey }: (typeof made)[number]) => ({
    secrets: { token: `token of ${workspaceId}` },
    suppressed: ["bounced"],
    linkKey: linkKey.toString("hex"),
    speaksFor: profileId,
  });

  // Both keys are known: nothing is sealed anew yet, everything opens.
  const both = createSecretBox(second, [first]);
  for (const one of made) expect(await read(one, both)).toEqual(whole(one));

  // Connection, suppressions, customers and links of two workspaces.
  expect(await resealSecrets(db.store, both)).toEqual({ resealed: 8, current: 0, unopened: [] });
  expect(await resealSecrets(db.store, both)).toEqual({ resealed: 0, current: 8, unopened: [] });

  const after = createSecretBox(second);
  for (const one of made) {
    expect(await read(one, after)).toEqual(whole(one));
    await expect(read(one, createSecretBox(first))).rejects.toMatchObject({ code: "connection.secret_key_wrong" });
    await expect(
      inside(one.workspaceId, (tx) => createSuppressionList(createSecretBox(first)).find(tx, [ann])),
    ).rejects.toMatchObject({ code: "suppression.key_unavailable" });
  }
});

it("leaves what does not open as it is, and says which key it needs", async () => {
  const lost = createSecretBox(randomBytes(32));
  const { id: workspaceId } = await createWorkspace(db.store, { slug: "lost", name: "Lost" });
  const made = await fill(workspaceId, lost);
  const { unopened, current } = await resealSecrets(db.store, createSecretBox(second, [first]));
  expect(current).toBe(8);
  expect(unopened).toHaveLength(4);
  expect(unopened[0]).toMatchObject({ workspaceId, owner: made.connectionId, field: "token" });
  expect(unopened[0]!.kid).toMatch(/^[0-9a-f]{8}$/);
  expect(await read(made, lost)).toMatchObject({ suppressed: ["bounced"], speaksFor: profileId });
});

it("needs a key", async () => {
  await expect(resealSecrets(db.store, createSecretBox(undefined, [first]))).rejects.toMatchObject({
    code: "connection.secret_key_missing",
  });
});
