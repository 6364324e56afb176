import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createOutbound } from "../../src/outbound/outbound.ts";
import { createWorld } from "./world.ts";

/** A server that counts what reaches it, and a way to it as plugins have one. */
async function openServer() {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const way = createOutbound(["127.0.0.1"]).open();
  onTestFinished(() => way.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { requests: () => requests, post: () => way.fetch(url, { method: "POST", body: "x" }) };
}

const blind = { dedupe: { by: "none" }, connection: { onUnknown: "hold" } } as const;

it("a plugin that goes on after its time is up reaches nobody: its call's outcome is decided already", async () => {
  const { requests, post } = await openServer();
  const world = await createWorld({ ...blind, timeoutMs: 50 });
  const late = Promise.withResolvers<unknown>();
  world.provider.handle = async () => {
    await expect.poll(async () => (await world.find([id!]))[0]).toMatchObject({ state: "unknown" });
    const writing = post();
    writing.then(late.resolve, late.resolve);
    return { output: await writing };
  };
  const [id] = await world.plan(1);
  await world.deliver([id!]);
  expect((await world.find([id!]))[0]).toMatchObject({ state: "unknown", error: { code: "plugin.timeout" } });
  expect(await late.promise).toMatchObject({ code: "delivery.lease_lost" });
  expect(requests()).toBe(0);
});

it("a call whose second request came too late is not taken for one that never reached the provider", async () => {
  const { requests, post } = await openServer();
  const world = await createWorld({ ...blind, now: "2026-01-01T00:00:00Z" });
  world.provider.handle = async () => {
    await post();
    // More than half the lease.
    world.clock!.advance(8_000);
    return { output: await post() };
  };
  const [id] = await world.plan(1);
  await world.deliver([id!]);
  expect(requests()).toBe(1);
  expect((await world.find([id!]))[0]).toMatchObject({ state: "unknown", error: { code: "plugin.timeout" } });
});
