import type { PluginDeliveries } from "@wend/plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDeliveries } from "../../../src/connections/host/deliveries.ts";
import { uuidv7 } from "../../../src/ids.ts";
import { noNews } from "../../../src/serve/no-news.ts";
import { inWorkspace } from "../../../src/store/transaction.ts";
import type { TestStore } from "../../../src/testing/index.ts";
import { createTestStore } from "../../../src/testing/index.ts";
import { createWorkspace } from "../../../src/workspaces/workspace.ts";

let db: TestStore;
let deliveries: PluginDeliveries;
const [connectionId, elsewhere, ann, bo] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
const signal = new AbortController().signal;
const at = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  db = await createTestStore();
  deliveries = listOf();
});
afterAll(() => db?.close());

const listOf = (workspaceId = db.workspace.id) =>
  createDeliveries({ store: db.store, id: { workspaceId, connectionId }, news: noNews });
const idsOf = async (asked: Partial<Parameters<PluginDeliveries["list"]>[0]> = {}) =>
  (await deliveries.list({ profileId: ann, ...asked }, signal)).map(({ id }) => id);

interface Sent {
  readonly profileId?: string;
  readonly connection?: string;
  readonly action?: string;
  readonly state?: string;
  readonly output?: object;
  readonly receipt?: string;
}

function send(sent: Sent = {}): Promise<string> {
  const id = uuidv7();
  return inWorkspace(db.store, db.workspace.id, async (tx) => {
    await tx.run(
      `insert into deliveries (workspace_id, id, run_id, seq, journey_id, version, node_id, profile_id, connection_id,
         action, channel, purpose, input, state, checks, awaited, planned_at, settled_at, output, receipt)
       values ($1, $2, $2, 1, $2, 1, 'n', $3, $4, $5, 'web', 'transactional', '{}', $6, '[]', false, now(),
         to_timestamp($7), $8, $9)`,
      [
        tx.workspaceId,
        id,
        sent.profileId ?? ann,
        sent.connection ?? connectionId,
        sent.action ?? "show",
        sent.state ?? "accepted",
        at / 1000,
        sent.output ? JSON.stringify(sent.output) : null,
        sent.receipt ?? null,
      ],
    );
    return id;
  });
}

describe("the deliveries that a plugin sees", () => {
  it("are those of one customer through its own connection, as far as they got somewhere", async () => {
    const output = { title: "Hello" };
    const id = await send({ state: "delivered", output, receipt: "opened" });
    const plain = await send();
    await send({ profileId: bo });
    await send({ connection: elsewhere });
    for (const state of ["queued", "sending", "suppressed", "failed", "unknown", "discarded"]) await send({ state });
    expect(await deliveries.list({ profileId: ann }, signal)).toEqual([
      { id, action: "show", state: "delivered", receipt: "opened", output, at },
      { id: plain, action: "show", state: "accepted", receipt: undefined, output: null, at },
    ]);
  });

  it("are another workspace's never", async () => {
    const { id } = await createWorkspace(db.store, { slug: "other", name: "Other" });
    expect(await listOf(id).list({ profileId: ann }, signal)).toEqual([]);
  });

  it("come oldest first, after one that is named, of one action, as many as asked for", async () => {
    const before = await idsOf();
    const more: string[] = [];
    for (let i = 0; i < 3; i++) more.push(await send(), await send({ action: "hide" }));
    expect(await idsOf()).toEqual([...before, ...more]);
    expect(await idsOf({ after: more[1]! })).toEqual(more.slice(2));
    expect(await idsOf({ after: more[0]!, action: "hide" })).toEqual([more[1], more[3], more[5]]);
    expect(await idsOf({ after: more[0]!, limit: 2 })).toEqual([more[1], more[2]]);
    expect(await idsOf({ after: more[5]! })).toEqual([]);
  });

  it("come newest first where that is asked for, and after one that is named the older ones", async () => {
    const sent: string[] = [];
    for (let i = 0; i < 4; i++) sent.push(await send({ profileId: bo, action: "turn" }));
    const newest = { profileId: bo, action: "turn", newestFirst: true } as const;
    expect(await idsOf(newest)).toEqual(sent.toReversed());
    expect(await idsOf({ ...newest, after: sent[2]!, limit: 1 })).toEqual([sent[1]]);
    expect(await idsOf({ ...newest, after: sent[0]! })).toEqual([]);
  });

  it("are one that is named, if it is the customer's and of the action", async () => {
    const [mine, other] = [await send(), await send({ profileId: bo })];
    for (const newestFirst of [true, false]) {
      expect(await idsOf({ id: mine, newestFirst })).toEqual([mine]);
      expect(await idsOf({ id: other, newestFirst })).toEqual([]);
      expect(await idsOf({ id: mine, action: "hide", newestFirst })).toEqual([]);
      expect(await idsOf({ id: "' or true", newestFirst })).toEqual([]);
    }
  });

  it("are 20 unless more are asked for, and never more than 100", async () => {
    for (let i = 0; i < 101; i++) await send({ profileId: elsewhere });
    const count = async (limit?: number) =>
      (await deliveries.list({ profileId: elsewhere, ...(limit !== undefined && { limit }) }, signal)).length;
    expect([await count(), await count(50), await count(1_000)]).toEqual([20, 50, 100]);
  });

  it("are none for what names no customer and no delivery, as a browser may ask", async () => {
    await send();
    expect(await idsOf({ profileId: "ann" })).toEqual([]);
    expect(await idsOf({ after: "' or true" })).toEqual([]);
    expect(await idsOf({ limit: -1 })).toEqual([]);
  });

  it("are not asked for by a call that is over", async () => {
    await expect(deliveries.list({ profileId: ann }, AbortSignal.abort())).rejects.toThrow();
  });
});
