import { expect, test } from "vitest";
import { ada, bo, now, open } from "../open.ts";

type World = Awaited<ReturnType<typeof open>>;
const context = JSON.stringify({ context: { targetingKey: "ada" } });
const all = "/ofrep/v1/evaluate/flags";

const evaluate = async ({ ask }: World, key = "", as = ada) => {
  const { response } = await ask("POST", key === "" ? all : `${all}/${key}`, { as, body: context });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test("of the decisions that live the highest counts, and of equal ones the latest", async () => {
  const world = await open();
  await world.put("slot", { key: "hero", value: "low", priority: 1 });
  await world.put("slot", { key: "hero", value: "high", variant: "h", priority: 9, lifetimeSeconds: 60 });
  await world.put("slot", { key: "hero", value: "middle", priority: 5 });
  await world.put("slot", { key: "hero", value: "middle again", priority: 5 });
  expect((await evaluate(world, "hero")).body).toEqual({
    key: "hero",
    reason: "TARGETING_MATCH",
    value: "high",
    variant: "h",
    metadata: { until: now + 60_000 },
  });
  world.clock.now = now + 60_000;
  expect((await evaluate(world, "hero")).body).toMatchObject({ value: "middle again" });
});

test("a decision without a value leaves the page its own", async () => {
  const world = await open();
  await world.put("slot", { key: "hero", value: "low" });
  await world.put("slot", { key: "hero" });
  expect((await evaluate(world, "hero")).body).toEqual({ key: "hero", reason: "DISABLED" });
});

test("a decision with conditions counts where the page's context has them, decided at the request", async () => {
  const world = await open();
  await world.put("slot", { key: "hero", value: "anywhere", priority: 1 });
  const when = { page: "cart", country: ["AT", "DE"], signedIn: true };
  await world.put("slot", { key: "hero", value: "in the cart", priority: 5, when });
  await world.put("slot", { key: "bar", value: 1, when: { items: [1, 2] } });
  const shown = async (attributes: object) => {
    const body = JSON.stringify({ context: { ...attributes, targetingKey: "ada" } });
    const { response } = await world.ask("POST", all, { body });
    const { flags } = (await response.json()) as { flags: { key: string; value: unknown }[] };
    return Object.fromEntries(flags.map(({ key, value }) => [key, value]));
  };
  const fitting = { page: "cart", country: "DE", signedIn: true };
  expect(await shown(fitting)).toEqual({ hero: "in the cart" });
  expect(await shown({ ...fitting, items: 2 })).toEqual({ hero: "in the cart", bar: 1 });
  for (const other of [{ page: "home" }, { country: "FR" }, { country: ["DE"] }, { signedIn: "true" }, { items: "2" }])
    expect(await shown({ ...fitting, ...other })).not.toMatchObject(
      "items" in other ? { bar: 1 } : { hero: "in the cart" },
    );
  expect(await shown({})).toEqual({ hero: "anywhere" });

  const bar = await world.ask("POST", `${all}/bar`, { body: context });
  expect([bar.response.status, await bar.response.json()]).toEqual([404, { key: "bar", errorCode: "FLAG_NOT_FOUND" }]);
});

test("a condition asks for what a context has itself, and for nothing that it inherits", async () => {
  const world = await open();
  await world.put("slot", { key: "hero", value: "x", when: { toString: "x" } });
  expect((await evaluate(world, "hero")).status).toBe(404);
});

test("it is the customer of the token that it is decided for, whatever the context says", async () => {
  const world = await open();
  await world.put("slot", { key: "hero", value: "for Bo" }, bo);
  expect(await evaluate(world, "hero")).toEqual({ status: 404, body: { key: "hero", errorCode: "FLAG_NOT_FOUND" } });
  expect((await evaluate(world, "hero", bo)).body).toMatchObject({ value: "for Bo" });
  expect((await evaluate(world)).body).toEqual({ flags: [] });
  expect((await world.ask("POST", all, { as: null, body: context })).response.status).toBe(401);
});

test("all slots come at once, and not again while nothing has changed", async () => {
  const world = await open();
  await world.put("slot", { key: "b", value: true, lifetimeSeconds: 60 });
  await world.put("slot", { key: "a", value: { deep: [1, 2] } });
  const first = await world.ask("POST", all, { body: context });
  const etag = first.response.headers.get("etag")!;
  expect(await first.response.json()).toMatchObject({
    flags: [
      { key: "a", value: { deep: [1, 2] } },
      { key: "b", value: true },
    ],
  });
  const ask = async (known: string) =>
    (await world.ask("POST", all, { body: context, headers: { "if-none-match": known } })).response;
  for (const known of [etag, `W/${etag}`, `"x", ${etag}`]) {
    const same = await ask(known);
    expect([same.status, same.headers.get("etag"), await same.text()]).toEqual([304, etag, ""]);
  }
  world.clock.now = now + 60_000;
  const changed = await ask(etag);
  expect([changed.status, changed.headers.get("etag") === etag]).toEqual([200, false]);
});

test.each([
  ["", "PARSE_ERROR"],
  ["[]", "PARSE_ERROR"],
  ["{}", "INVALID_CONTEXT"],
  ['{"context":[]}', "INVALID_CONTEXT"],
  ['{"context":{}}', "TARGETING_KEY_MISSING"],
  ['{"context":{"targetingKey":7}}', "TARGETING_KEY_MISSING"],
])("the request %j is refused as OFREP says: %s", async (body, errorCode) => {
  const world = await open();
  const bulk = await world.ask("POST", all, { body });
  expect([bulk.response.status, await bulk.response.json()]).toMatchObject([400, { errorCode }]);
  const one = await world.ask("POST", `${all}/hero`, { body });
  expect([one.response.status, await one.response.json()]).toMatchObject([400, { key: "hero", errorCode }]);
});

test("a customer with more decisions than one page holds gets the newest of each", async () => {
  const world = await open();
  for (let i = 0; i < 130; i++) await world.put("slot", { key: `slot-${i % 3}`, value: i });
  expect((await evaluate(world)).body).toMatchObject({ flags: [{ value: 129 }, { value: 127 }, { value: 128 }] });
});

test.each([
  { key: "" },
  { key: "a b" },
  { key: "a", value: [1] },
  { key: "a", priority: 1.5 },
  { key: "a", until: "x" },
])("%j is no decision", async (input) => {
  await expect((await open()).run("slot", input)).rejects.toThrow();
});
