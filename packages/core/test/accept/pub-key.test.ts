import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import type { Credential } from "../../src/workspaces/credential.ts";
import { acceptOn, call, clear, countRows, eventsOf, query, serverKey } from "./harness.ts";

let db: TestStore;
let browser: Credential;
beforeAll(async () => {
  db = await createTestStore();
  browser = { ...serverKey(db.workspace), kind: "pub", allow: { events: ["Page Viewed"], traits: ["plan"] } };
});
afterAll(() => db.close());
beforeEach(() => clear(db));

const send = (body: object, kind: "track" | "identify" | "batch" = "track", credential = browser) =>
  acceptOn(db.store).ingest(credential, call(kind, body));

describe("a pub_ key", () => {
  it("sends the events of its allow list for the anonymous visitor", async () => {
    await send({ anonymousId: "v", event: "Page Viewed", properties: { path: "/" } });
    expect((await eventsOf(db))[0]).toMatchObject({ name: "Page Viewed", payload: { properties: { path: "/" } } });
  });

  it.each([
    ["an event that is not on its list", { anonymousId: "v", event: "Order Completed" }, "/event"],
    ["an event without the visitor", { userId: "u", event: "Page Viewed" }, "/anonymousId"],
    ["a trait that is not on its list", { anonymousId: "v", traits: { plan: "x", "e/mail": "x" } }, "/traits/e~1mail"],
  ] as const)("is refused %s, and nothing changes", async (_, body, pointer) => {
    const before = await countRows(db);
    const kind = "traits" in body ? "identify" : "track";
    await expect(send(body, kind)).rejects.toMatchObject({ code: "auth.pub_not_allowed", status: 403, pointer });
    expect(await countRows(db)).toEqual(before);
  });

  it("is refused everything when it lists nothing", async () => {
    const bare = { ...browser, allow: {} };
    await expect(send({ anonymousId: "v", event: "Page Viewed" }, "track", bare)).rejects.toMatchObject({
      pointer: "/event",
    });
  });

  it("has single items of a batch refused", async () => {
    const result = await send(
      {
        batch: [
          { type: "track", anonymousId: "v", event: "Page Viewed" },
          { type: "track", anonymousId: "v", event: "Order Completed" },
        ],
      },
      "batch",
    );
    expect(result).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, code: "auth.pub_not_allowed", pointer: "/batch/1/event" }],
    });
  });

  it("only claims a user id: it neither reaches nor becomes that user's profile", async () => {
    await send({ userId: "u", event: "Order Completed" }, "track", serverKey(db.workspace));
    await send(
      { anonymousId: "v", userId: "u", traits: { plan: "pro" }, context: { ip: "1.2.3.4", claimedUserId: "other" } },
      "identify",
    );
    await send({ anonymousId: "v", event: "Page Viewed", context: { claimedUserId: "other" } });
    const [user, claim, seen] = await eventsOf(db);
    expect(claim?.profile_id).not.toBe(user?.profile_id);
    expect(seen?.profile_id).toBe(claim?.profile_id);
    expect(claim?.payload.context).toEqual({ ip: "1.2.3.4", claimedUserId: "u" });
    expect(seen?.payload.context).toEqual({});
    const named = await query(db, "select value from identities where profile_id = $1", [claim!.profile_id]);
    expect(named).toEqual([{ value: "v" }]);
  });

  it("cannot take the message id of an event that a server is about to send", async () => {
    await send({ anonymousId: "v", event: "Page Viewed", messageId: "order-1" });
    await send({ userId: "u", event: "Order Completed", messageId: "order-1" }, "track", serverKey(db.workspace));
    await send({ anonymousId: "v", event: "Page Viewed", messageId: "order-1" });
    expect((await eventsOf(db)).map(({ name }) => name)).toEqual(["Page Viewed", "Order Completed"]);
  });
});

it("a key without the scope is refused whatever it sends", async () => {
  const other = { ...serverKey(db.workspace), scopes: ["journeys:read"] };
  await expect(send({}, "track", other)).rejects.toMatchObject({ code: "auth.forbidden", status: 403 });
  await expect(send({ userId: "u", event: "Seen" }, "track", { ...other, scopes: ["*"] })).resolves.toBeDefined();
});
