import type { Plugin } from "@wend/plugin";
import { defineAction, definePlugin } from "@wend/plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createConnection } from "../../src/connections/create-connection.ts";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import type { NewRoute } from "../../src/routes/create-route.ts";
import { createRoute } from "../../src/routes/create-route.ts";
import { deleteRoute } from "../../src/routes/delete-route.ts";
import { listRoutes } from "../../src/routes/load-route.ts";
import { updateRoute } from "../../src/routes/update-route.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

const send = defineAction({
  title: "Posts a text.",
  input: z.object({ text: z.string() }),
  output: z.object({}),
  channel: "post",
  purpose: "transactional",
  dedupe: { by: "natural" },
  templates: { text: "text" },
});

const pluginOf = (id: string, actions: Record<string, object>): Plugin =>
  definePlugin({ id, version: "1.0.0", contract: 1, config: z.object({}), actions } as never, async () => ({
    actions: Object.fromEntries(Object.keys(actions).map((name) => [name, async () => ({ output: {} })])),
  })) as unknown as Plugin;

const others = [
  pluginOf("carrier", { send: { ...send, input: z.object({ text: z.string(), urgent: z.boolean().optional() }) } }),
  pluginOf("telegraph", { send: { ...send, input: z.object({ text: z.string(), words: z.number() }) } }),
  pluginOf("sms", { send: { ...send, channel: "sms" } }),
  pluginOf("letters", { send: { ...send, address: "email" } }),
];

let world: World;
let plugins: ReturnType<typeof createPluginRegistry>;
const create = (input: NewRoute) => world.tx((t) => createRoute(t, plugins, input));
const members = (...keys: string[]) => keys.map((connection) => ({ connection }));

beforeAll(async () => {
  world = await createWorld();
  plugins = createPluginRegistry([...world.plugins.plugins, ...others]);
  for (const key of ["one", "two", "three"]) await world.connect(key, world.first.url);
  for (const { manifest } of others) {
    await world.tx((t) =>
      createConnection(t, { plugins, secrets: world.secrets }, { key: manifest.id, plugin: manifest.id, config: {} }),
    );
  }
});
afterAll(() => world.close());

describe("a route", () => {
  it("is listed by key with its members, in their order", async () => {
    const made = await create({ key: "made", mode: "failover", members: members("two", "one") });
    expect(made).toMatchObject({ key: "made", channel: "post", mode: "failover" });
    expect(made.members.map(({ key, weight }) => ({ key, weight }))).toEqual([
      { key: "two", weight: 1 },
      { key: "one", weight: 1 },
    ]);
    const byId = await create({
      key: "by-id",
      mode: "split",
      members: [{ connection: made.members[0]!.connectionId }],
    });
    expect((await world.tx(listRoutes)).map(({ key }) => key)).toEqual(["by-id", "made"]);
    expect(byId.members[0]!.key).toBe("two");
  });

  it("tells all its faults at once", async () => {
    const refused = create({
      key: "Bad Key",
      mode: "split",
      members: ["one", "nobody", "one", "sms", "letters"].map((connection) => ({ connection, weight: 0 })),
    });
    await expect(refused).rejects.toMatchObject({ code: "route.invalid" });
    const { problems } = await refused.catch((error) => error);
    expect(problems.map(({ code, pointer }: { code: string; pointer: string }) => `${code} ${pointer}`)).toEqual([
      "route.invalid /key",
      "route.unknown_member /members/1/connection",
      "route.duplicate_member /members/2/connection",
      "route.channel_differs /members/3/connection",
      "route.address_differs /members/4/connection",
      "route.zero_weights /members",
    ]);
  });

  it.each([
    ["no member", { key: "x", mode: "split", members: [] }, "/members"],
    ["a mode that is none", { key: "x", mode: "both", members: [{ connection: "one" }] }, "/mode"],
    [
      "a negative weight",
      { key: "x", mode: "split", members: [{ connection: "one", weight: -1 }] },
      "/members/0/weight",
    ],
    [
      "another route as a member",
      { key: "x", mode: "split", members: [{ connection: "made" }] },
      "/members/0/connection",
    ],
    ["nothing to act on", null, ""],
  ])("is refused with %s", async (_what, input, pointer) => {
    await expect(create(input as never)).rejects.toMatchObject({ code: "route.invalid", pointer });
  });

  it("shares what the others take as the first does, and more", async () => {
    await create({ key: "wider", mode: "failover", members: members("one", "carrier") });
    const narrower = create({ key: "narrower", mode: "failover", members: members("carrier", "one") });
    await expect(narrower).rejects.toMatchObject({ problems: [{ code: "route.nothing_shared", pointer: "/members" }] });
    const demanding = create({ key: "demanding", mode: "failover", members: members("one", "telegraph") });
    await expect(demanding).rejects.toMatchObject({ problems: [{ code: "route.nothing_shared" }] });
  });

  it("has no key that a connection has, nor the other way round, even at the same time", async () => {
    const taken = { code: "connection.key_taken", pointer: "/key" };
    await expect(create({ key: "one", mode: "failover", members: members("one") })).rejects.toMatchObject(taken);
    await expect(world.connect("made", world.first.url)).rejects.toMatchObject(taken);
    const both = await Promise.allSettled([
      create({ key: "both", mode: "failover", members: members("one") }),
      world.connect("both", world.first.url),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("a route that a live journey names", () => {
  it("is checked by its first member, and says which members lack an action", async () => {
    await expect(world.publish("made", { txt: "Thanks" })).rejects.toMatchObject({ code: "journey.invalid" });
    await expect(world.publish("made", { text: "Thanks" }, "fax")).rejects.toMatchObject({
      problems: [{ code: "journey.unknown_action" }],
    });
  });

  it("is not deleted, and keeps what the journey asks of it", async () => {
    await world.publish("made");
    const remove = () => world.tx((t) => deleteRoute(t, "made"));
    await expect(remove()).rejects.toMatchObject({ code: "route.in_use", detail: "Named by: orders." });
    const update = (...keys: string[]) =>
      world.tx((t) => updateRoute(t, plugins, { route: "made", members: members(...keys) }));
    await expect(update("one", "telegraph")).rejects.toMatchObject({ code: "route.invalid" });
    await expect(update("sms")).rejects.toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ code: "route.channel_differs" })]),
    });
    await expect(update("telegraph")).rejects.toMatchObject({ problems: [{ code: "route.action_missing" }] });
    expect((await update("one", "carrier")).members.map(({ key }) => key)).toEqual(["one", "carrier"]);
  });

  it("is deleted once no journey names it and no run of an older version is under way", async () => {
    await world.publish("one");
    const { id } = await world.tx((t) => deleteRoute(t, "made"));
    expect((await world.tx(listRoutes)).map((route) => route.id)).not.toContain(id);
    await expect(world.tx((t) => deleteRoute(t, "made"))).rejects.toMatchObject({ code: "route.not_found" });
  });

  it("leaves its key to a connection, which every worker finds", async () => {
    await create({ key: "later", mode: "failover", members: members("two") });
    await world.publish("later");
    await world.order(1);
    await world.publish("one");
    await world.tx((t) => deleteRoute(t, "later"));
    const { id } = await world.connect("later", world.second.url);
    await world.publish("later");
    await world.order(1, 1);
    const [before, after] = await world.deliveries();
    expect(before).toMatchObject({ connection: "two" });
    expect(after).toMatchObject({ connection: "later" });
    expect((await world.load(after!.id)).connectionId).toBe(id);
  });
});
