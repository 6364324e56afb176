import { expect, test } from "vitest";
import { ada, bo, now, open } from "../open.ts";

type World = Awaited<ReturnType<typeof open>>;

/** Listens, and has every block that came as text. */
async function listen({ ask }: World, { as = ada, lastEventId }: { as?: string; lastEventId?: string } = {}) {
  const ending = new AbortController();
  const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const { response } = await ask("GET", "/stream", { as, headers, signal: ending.signal });
  const blocks: string[] = [];
  const ended = (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) blocks.push(...chunk.split("\n\n"));
  })();
  const events = () =>
    blocks.flatMap((block) => {
      const [, id, event, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      return id === undefined ? [] : [{ id, event, data: JSON.parse(data!) }];
    });
  const until = (count: number) => expect.poll(() => events().length, { timeout: 5_000, interval: 5 }).toBe(count);
  const end = () => {
    ending.abort();
    return ended;
  };
  return { response, events, until, end };
}

test("messages and slots come as they are decided, each with an id to go on after, and nobody else's", async () => {
  const world = await open();
  const stream = await listen(world);
  expect(stream.response.headers.get("content-type")).toBe("text/event-stream");
  await stream.until(1);
  world.clock.now = now + 1_000;
  const id = await world.put("inbox", { title: "One" });
  await world.put("inbox", { title: "Not yours" }, bo);
  world.clock.now = now + 2_000;
  await world.put("slot", { key: "hero", value: 1 });
  await stream.until(3);
  expect(stream.events()).toMatchObject([
    { id: String(now), event: "ready" },
    { id: String(now + 1_000), event: "inbox", data: { id, title: "One", read: false } },
    { id: String(now + 2_000), event: "slot", data: { key: "hero" } },
  ]);
  await stream.end();
});

test("a stream goes on after the last event that its page has seen", async () => {
  const world = await open();
  await world.put("inbox", { title: "Before" });
  world.clock.now = now + 60_000;
  await world.put("inbox", { title: "Missed" });
  world.clock.now = now + 120_000;
  const resumed = await listen(world, { lastEventId: String(now + 30_000) });
  const fresh = await listen(world);
  await resumed.until(2);
  await fresh.until(1);
  expect(resumed.events()).toMatchObject([{ id: String(now + 30_000) }, { event: "inbox", data: { title: "Missed" } }]);
  await Promise.all([resumed.end(), fresh.end()]);
});

test.each([
  ["nonsense", "x"],
  ["the future", String(now + 3_600_000)],
  ["nothing", ""],
])("whoever goes on after %s begins now", async (_, lastEventId) => {
  const world = await open();
  const stream = await listen(world, { lastEventId });
  await stream.until(1);
  expect(stream.events()).toMatchObject([{ id: String(now), event: "ready" }]);
  await stream.end();
});

test("what has expired is not pushed", async () => {
  const world = await open();
  await world.put("inbox", { title: "Over", lifetimeSeconds: 1 });
  world.clock.now = now + 60_000;
  await world.put("inbox", { title: "Live", lifetimeSeconds: 100 });
  const stream = await listen(world, { lastEventId: String(now) });
  await stream.until(2);
  expect(stream.events()[1]).toMatchObject({ data: { title: "Live" } });
  await stream.end();
});

test("what was dismissed is not pushed again", async () => {
  const world = await open();
  const id = await world.put("inbox", { title: "Gone" });
  await world.put("inbox", { title: "Live" });
  await world.ask("POST", `/inbox/${id}/dismiss`);
  const stream = await listen(world, { lastEventId: String(now) });
  await stream.until(2);
  expect(stream.events()[1]).toMatchObject({ data: { title: "Live" } });
  await stream.end();
});

test("a customer has twenty streams at a time, and one more when one has ended", async () => {
  const world = await open();
  const streams = await Promise.all(Array.from({ length: 20 }, () => listen(world)));
  expect((await world.ask("GET", "/stream")).response.status).toBe(429);
  expect((await world.ask("GET", "/stream", { as: null })).response.status).toBe(401);
  const others = await listen(world, { as: bo });
  await streams[0]!.end();
  const again = await listen(world);
  expect(again.response.status).toBe(200);
  await Promise.all([...streams, others, again].map(({ end }) => end()));
});

test("a stream is nobody's without a token", async () => {
  const { ask } = await open();
  expect((await ask("GET", "/stream", { as: null })).response.status).toBe(401);
});
