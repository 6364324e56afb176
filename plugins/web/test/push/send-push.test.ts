import { expect, test } from "vitest";
import { open, refusal } from "../open.ts";
import { startPushService } from "../push-service.ts";
import { makeVapidPair } from "../vapid-pair.ts";

const vapid = makeVapidPair();
const note = { title: "Cheaper", body: "Tea", url: "/deals" };

/** A service with one browser, and a connection that may push. */
async function start() {
  const service = await startPushService();
  const browser = service.subscribe();
  const world = await open(vapid);
  const send = (input: object = note, more = {}) => world.run("push", input, { address: browser.address, ...more });
  return { service, browser, world, send, [Symbol.asyncDispose]: service.stop };
}

test("a push is encrypted for its browser, and shows its service who sends it", async () => {
  await using started = await start();
  const { service, browser, send } = started;
  await expect(send({ ...note, topic: "deals", urgency: "high", ttlSeconds: 60 })).resolves.toEqual({
    output: { status: 201 },
    providerId: "/m/1",
  });
  const [{ headers, body, signed }] = service.pushed as [(typeof service.pushed)[number]];
  expect(headers).toMatchObject({ ttl: "60", urgency: "high", topic: "deals", "content-encoding": "aes128gcm" });
  expect(signed).toBe(true);
  expect(browser.decrypt(body)).toMatchObject({ ...note, tag: expect.any(String), report: expect.any(String) });
  expect(body.includes("Tea")).toBe(false);
});

test("what is not said has a default: a day, normal, no topic", async () => {
  await using started = await start();
  await started.send({ title: "Hello" });
  const { headers } = started.service.pushed[0]!;
  expect(headers).toMatchObject({ ttl: "86400", urgency: "normal" });
  expect(headers).not.toHaveProperty("topic");
});

test.each([
  [404, "address.gone"],
  [410, "address.gone"],
  [400, "provider.rejected"],
  [413, "provider.rejected"],
  [301, "provider.rejected"],
  [401, "provider.unauthorized"],
  [403, "provider.unauthorized"],
  [429, "provider.rate_limited"],
  [408, "provider.unavailable"],
  [500, "provider.unknown_outcome"],
  [503, "provider.unavailable"],
])("a service that answers %i is %s", async (status, code) => {
  await using started = await start();
  started.service.answer(status, status === 429 ? { "retry-after": "7" } : {});
  const error = await refusal(started.send());
  expect([error.code, error.retryAfterMs]).toEqual([code, status === 429 ? 7_000 : undefined]);
  expect(error.message).not.toContain(started.browser.endpoint);
});

test("a subscription that has ended is an address that is no more", async () => {
  await using started = await start();
  await started.send();
  started.service.expire(started.browser);
  expect((await refusal(started.send())).code).toBe("address.gone");
});

test("a service that hangs up has perhaps taken it, one that is gone has not", async () => {
  await using started = await start();
  started.service.answer("drop");
  expect((await refusal(started.send())).code).toBe("provider.unknown_outcome");
  await started.service.stop();
  expect((await refusal(started.send())).code).toBe("provider.unavailable");
});

test.each([
  ["", "address.invalid"],
  ["{}", "address.invalid"],
  ['{"endpoint":"https://push.example/1","keys":{"p256dh":"AA","auth":"AA"}}', "address.invalid"],
])("the address %j is no subscription", async (address, code) => {
  await using started = await start();
  expect((await refusal(started.send(note, { address }))).code).toBe(code);
});

test("a key that is no point of the curve is no subscription either", async () => {
  await using started = await start();
  const { endpoint, keys } = JSON.parse(started.browser.address);
  const address = JSON.stringify({ endpoint, keys: { ...keys, p256dh: Buffer.alloc(65, 4).toString("base64url") } });
  expect((await refusal(started.send(note, { address }))).code).toBe("address.invalid");
});

test("what does not fit into a push is refused before anything is sent", async () => {
  await using started = await start();
  const error = await refusal(started.send({ title: "ü".repeat(200), body: "ü".repeat(2_000) }));
  expect([error.code, error.pointer, started.service.pushed.length]).toEqual(["input.invalid", "/body", 0]);
});

test("a connection without keys pushes nothing, and waits for them", async () => {
  await using started = await start();
  const bare = await open();
  const error = await refusal(bare.run("push", note, { address: started.browser.address }));
  expect([error.code, error.retry]).toEqual(["provider.unauthorized", "backoff"]);
});

test.each([
  ["shown", "delivered"],
  ["clicked", "clicked"],
] as const)(
  "a service worker tells that it was %s by the link that it was given, without a token",
  async (done, kind) => {
    await using started = await start();
    const { world, service, browser } = started;
    await started.send(note, { deliveryId: "019b0000-0000-7000-9000-0000000000aa" });
    const { report } = browser.decrypt(service.pushed[0]!.body) as { report: string };
    const path = report.slice(world.host.links.baseUrl.length);
    const served = await world.ask("POST", `${path}/${done}`, { as: null });
    expect(served.response.status).toBe(204);
    expect(served.receipts).toMatchObject([{ kind, about: { deliveryId: "019b0000-0000-7000-9000-0000000000aa" } }]);
    for (const forged of [`${path.slice(0, -1)}_/${done}`, `/push/x.y/${done}`, `/push/x~=/${done}`]) {
      expect((await world.ask("POST", forged, { as: null })).response.status).toBe(400);
    }
  },
);

test("the public key is there for any page, if there is one", async () => {
  const world = await open(vapid);
  const { response } = await world.ask("GET", "/push/key", { as: null });
  expect(await response.json()).toEqual({ publicKey: vapid.vapidPublicKey });
  expect((await (await open()).ask("GET", "/push/key", { as: null })).response.status).toBe(404);
});
