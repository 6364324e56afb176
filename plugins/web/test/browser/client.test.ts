import { afterEach, expect, test } from "vitest";
import { createWebClient } from "../../src/browser/index.ts";
import { ada, bo, open } from "../open.ts";
import { serveOverHttp } from "../spec/serve-over-http.ts";

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

async function start(token: (refused: boolean) => string | Promise<string> = () => "t") {
  const world = await open();
  world.clock.now = Date.now();
  const server = await serveOverHttp((request) => world.connection.serve!(request) as never, ada);
  const client = createWebClient({ url: `${server.url}/`, token });
  ending.push(() => server[Symbol.asyncDispose](), client.close);
  return { world, server, client };
}

test("an inbox is told at once, and whenever something comes", async () => {
  const { world, client } = await start();
  const first = await world.put("inbox", { title: "One" });
  const seen: string[][] = [];
  const stop = client.inbox.subscribe((messages) => seen.push(messages.map(({ title }) => title)));
  await expect.poll(() => seen.at(-1)).toEqual(["One"]);
  world.clock.now += 1;
  await world.put("inbox", { title: "Two" });
  await expect.poll(() => seen.at(-1)).toEqual(["Two", "One"]);
  await client.inbox.dismiss(first);
  expect(seen.at(-1)).toEqual(["Two"]);
  stop();
  const told = seen.length;
  await world.put("inbox", { title: "Three" });
  expect((await client.inbox.list()).items.map(({ title }) => title)).toEqual(["Three", "Two"]);
  expect(seen).toHaveLength(told);
});

test("a slot has its fallback until something is decided, and again when that runs out", async () => {
  const { world, client } = await start();
  const values: unknown[] = [];
  ending.push(client.slots.subscribe("hero", "usual", (value) => values.push(value)));
  await expect.poll(() => values).toEqual(["usual"]);
  world.clock.now = Date.now();
  await world.put("slot", { key: "hero", value: "tea", until: new Date(Date.now() + 300).toISOString() });
  await expect.poll(() => values).toEqual(["usual", "tea"]);
  world.clock.now = Date.now() + 1_000;
  await expect.poll(() => values, { timeout: 3_000 }).toEqual(["usual", "tea", "usual"]);
  expect(await client.slots.evaluate("other", 7)).toBe(7);
});

test("a slot follows the context of the page, asked for at every decision", async () => {
  const { world, server } = await start();
  let page = "home";
  const client = createWebClient({ url: server.url, token: () => "t", context: () => ({ page, targetingKey: "x" }) });
  ending.push(client.close);
  await world.put("slot", { key: "hero", value: "checkout", when: { page: "cart" } });
  expect(await client.slots.evaluate("hero", "usual")).toBe("usual");
  page = "cart";
  expect(await client.slots.evaluate("hero", "usual")).toBe("checkout");
  page = "home";
  expect(await client.slots.evaluate("hero", "usual")).toBe("usual");
});

test("a token that is refused is asked for anew, once a call", async () => {
  const asked: boolean[] = [];
  const server = await serveOverHttp(async () => ({ response: new Response("{}", { status: 401 }) }), ada);
  ending.push(() => server[Symbol.asyncDispose]());
  const token = (refused: boolean) => {
    asked.push(refused);
    return "t";
  };
  const client = createWebClient({ url: server.url, token });
  await expect(client.inbox.list()).rejects.toMatchObject({ name: "WebClientError", status: 401 });
  expect(asked).toEqual([false, true]);
});

test("what is told of another's message is refused, and the page is told so", async () => {
  const { world, client } = await start();
  const id = await world.put("inbox", { title: "Not yours" }, bo);
  await expect(client.inbox.read(id)).rejects.toMatchObject({ status: 404, code: "request.not_found" });
});

test("where nobody answers, a slot has its fallback and a call says so", async () => {
  const { server, client } = await start();
  await server[Symbol.asyncDispose]();
  expect(await client.slots.evaluate("hero", "usual")).toBe("usual");
  await expect(client.inbox.list()).rejects.toMatchObject({ status: 0, code: "client.no_answer" });
});

test("a stream that is lost is opened again, and what came in between is not missed", async () => {
  const { world, client } = await start();
  let open = 0;
  const cut: (() => void)[] = [];
  const server = await serveOverHttp(async (request) => {
    if (request.path === "/stream") open++;
    const ended = new AbortController();
    cut.push(() => ended.abort());
    const signal = AbortSignal.any([request.signal, ended.signal]);
    return (await world.connection.serve!({ ...request, signal })) as { response: Response };
  }, ada);
  ending.push(() => server[Symbol.asyncDispose]());
  client.close();
  const other = createWebClient({ url: server.url, token: () => "t" });
  ending.push(other.close);
  let titles: string[] = [];
  other.inbox.subscribe((messages) => {
    titles = messages.map(({ title }) => title);
  });
  await expect.poll(() => open).toBe(1);
  for (const end of cut) end();
  world.clock.now = Date.now();
  await world.put("inbox", { title: "In between" });
  await expect.poll(() => titles, { timeout: 5_000 }).toEqual(["In between"]);
  await expect.poll(() => open, { timeout: 5_000 }).toBe(2);
});
