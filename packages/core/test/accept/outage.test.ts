import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/connect.ts";
import { connectStore } from "../../src/store/connect.ts";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { acceptOn, call, clear, eventsOf, query, recordWakes, serverKey } from "./harness.ts";
import type { TcpProxy } from "./tcp-proxy.ts";
import { proxyTo } from "./tcp-proxy.ts";

let db: TestStore;
let proxy: TcpProxy;
let store: Store;
beforeAll(async () => {
  db = await createTestStore();
});
afterAll(() => db.close());
beforeEach(async () => {
  await clear(db);
  proxy = await proxyTo(db.url);
  store = connectStore({ url: proxy.url, max: 4 });
});
afterEach(async () => {
  await store.close();
  await proxy.close();
});

const track = (n: number) => call("track", { userId: `u${n}`, event: "Seen", messageId: `m${n}` });
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("while the database is away", () => {
  it("every caller is told so at once, nothing is stored, and it heals by itself", async () => {
    const accept = acceptOn(store);
    await accept.ingest(serverKey(db.workspace), track(0));
    await proxy.shut();

    const began = performance.now();
    const results = await Promise.allSettled(
      numbers(50).map((n) => accept.ingest(serverKey(db.workspace), track(n + 1))),
    );
    expect(performance.now() - began).toBeLessThan(2_000);
    for (const result of results) {
      expect(result).toMatchObject({
        status: "rejected",
        reason: { code: "store.unavailable", status: 503, retryAfterMs: 1_000 },
      });
    }
    expect(await eventsOf(db)).toHaveLength(1);

    await proxy.open();
    await Promise.all(numbers(50).map((n) => accept.ingest(serverKey(db.workspace), track(n + 1))));
    expect(await eventsOf(db)).toHaveLength(51);
  });

  it("a broken connection is replaced without the caller noticing", async () => {
    const queues = recordWakes();
    const accept = acceptOn(store, { queues });
    await accept.ingest(serverKey(db.workspace), track(0));
    proxy.onSend(once("with fresh"));
    await accept.ingest(serverKey(db.workspace), track(1));
    expect((await eventsOf(db)).map((row) => row.message_id)).toEqual(["m0", "m1"]);
    expect(queues.seen).toHaveLength(2);
  });

  it("an event whose commit was answered to nobody is stored once", async () => {
    const accept = acceptOn(store);
    await accept.ingest(serverKey(db.workspace), track(0));
    const lost = loseAnswerToCommit();
    await accept.ingest(serverKey(db.workspace), track(1));
    expect(lost.commits).toBe(2);
    expect((await eventsOf(db)).map((row) => row.message_id)).toEqual(["m0", "m1"]);
    expect(await query(db, "select 1 from inbox")).toHaveLength(2);
  });

  it("a consent whose commit was answered to nobody is written down once", async () => {
    const accept = acceptOn(store);
    await accept.ingest(serverKey(db.workspace), track(0));
    const lost = loseAnswerToCommit();
    const change = { userId: "u0", channel: "email", purpose: "promotional", state: "granted", source: "api" } as const;
    await accept.consent(db.workspace.id, [change]);
    expect(lost.commits).toBe(2);
    expect((await eventsOf(db)).map((row) => row.name)).toEqual(["Seen", "$consent"]);
    expect(await query(db, "select 1 from consent_changes")).toHaveLength(1);
  });

  /** Lets the next commit through and cuts the connection before its answer is back. */
  function loseAnswerToCommit(): { commits: number } {
    const seen = { commits: 0 };
    proxy.onSend((bytes) => {
      if (bytes.includes("commit") && ++seen.commits === 1) proxy.deafen();
      return true;
    });
    return seen;
  }
});

/** Looks for a text and cuts the connection that sends it for the first time. */
function once(text: string): (bytes: Buffer) => boolean {
  let seen = false;
  return (bytes) => {
    if (seen || !bytes.includes(text)) return true;
    seen = true;
    return false;
  };
}
