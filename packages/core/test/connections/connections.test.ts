import { randomBytes } from "node:crypto";
import type { Plugin } from "@wend/plugin";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkConnection } from "../../src/connections/check-connection.ts";
import type { Connections } from "../../src/connections/connections.ts";
import { createConnections } from "../../src/connections/connections.ts";
import type { NewConnection } from "../../src/connections/create-connection.ts";
import { createConnection } from "../../src/connections/create-connection.ts";
import { findConnection, listConnections } from "../../src/connections/find-connection.ts";
import { loadCatalog } from "../../src/connections/load-catalog.ts";
import { createPluginRegistry } from "../../src/connections/plugin-registry.ts";
import { createSecretBox } from "../../src/connections/secret-box.ts";
import type { ConnectionChange } from "../../src/connections/update-connection.ts";
import { updateConnection } from "../../src/connections/update-connection.ts";
import { createOutbound } from "../../src/outbound/outbound.ts";
import type { Tx } from "../../src/store/transaction.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import type { ManualClock, TestStore } from "../../src/testing/index.ts";
import { createTestStore } from "../../src/testing/index.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import { createProbePlugin } from "./plugins.ts";

const { plugin, seen } = createProbePlugin();
const plugins = createPluginRegistry([plugin as unknown as Plugin]);
const secrets = createSecretBox(randomBytes(32));
const setup = { plugins, secrets };

const logged: { frames?: string[] }[] = [];
const log = pino({ level: "warn" }, { write: (line) => logged.push(JSON.parse(line)) });

let db: TestStore<ManualClock>;
let connections: Connections;
beforeAll(async () => {
  db = await createTestStore({ now: "2026-03-01T00:00:00Z" });
});
beforeEach(() => {
  connections = createConnections({
    store: db.store,
    ...setup,
    outbound: createOutbound([]),
    publicUrl: () => "https://wend.test",
    log,
    now: Date.now,
    maxOpen: 2,
    lingerMs: 0,
  });
});
afterAll(() => db?.close());

const inTest = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(db.store, db.workspace.id, work);
const create = (input: Partial<NewConnection> & { key: string }) =>
  inTest((tx) =>
    createConnection(tx, setup, {
      plugin: "probe",
      config: { host: "h", token: "t0ken-value" },
      onUnknown: "hold",
      ...input,
    }),
  );
const update = (change: ConnectionChange) => inTest((tx) => updateConnection(tx, setup, change));
const openById = (connectionId: string, stale?: string) =>
  connections.open({ workspaceId: db.workspace.id, connectionId }, stale);

describe("a connection", () => {
  it("is stored with its secrets sealed and never shows them", async () => {
    const made = await create({ key: "sealed", config: { host: "h", token: "t0ken-value" }, concurrency: 7 });
    expect(made).toMatchObject({
      key: "sealed",
      plugin: "probe",
      channel: "sms",
      config: { host: "h" },
      secrets: ["token"],
      onUnknown: "hold",
      concurrency: 7,
      ratePerSecond: null,
    });
    const [row] = await inTest((tx) =>
      tx.rows("select row_to_json(c)::text as row from connections c where workspace_id = $1 and id = $2", [
        tx.workspaceId,
        made.id,
      ]),
    );
    expect(row!.row).not.toContain("t0ken-value");
    const everything = JSON.stringify([
      await inTest((tx) => listConnections(tx)),
      await inTest((tx) => findConnection(tx, made.id)),
    ]);
    expect(everything).toContain("sealed");
    expect(everything).not.toContain("t0ken-value");
    const open = await openById(made.id);
    expect(open.key).toBe("sealed");
    expect(seen.opened.at(-1)).toEqual({ host: "h", port: 25, token: "t0ken-value" });
  });

  it("is refused with all problems of its config at once, and stores nothing", async () => {
    await expect(create({ key: "bad", config: { host: "", token: "short", port: "x" } })).rejects.toMatchObject({
      code: "connection.invalid_config",
      problems: [{ pointer: "/config/host" }, { pointer: "/config/port" }, { pointer: "/config/token" }],
    });
    await expect(create({ key: "Not A Key" })).rejects.toMatchObject({ problems: [{ pointer: "/key" }] });
    expect(await inTest((tx) => findConnection(tx, "bad"))).toBeUndefined();
  });

  it("is refused for its key, its limits, its config and the choice it lacks in one answer", async () => {
    const config = { host: "", token: "t0ken-value" };
    await expect(create({ key: "Not A Key", config, concurrency: 0, onUnknown: null })).rejects.toMatchObject({
      code: "connection.invalid_config",
      problems: [
        { pointer: "/key" },
        { pointer: "/concurrency" },
        { pointer: "/config/host" },
        { pointer: "/onUnknown", code: "connection.on_unknown_required" },
      ],
    });
    await expect(create({ key: "p", config, onUnknown: "perhaps" as "hold" })).rejects.toMatchObject({
      problems: [{ pointer: "/onUnknown", code: "connection.invalid_config" }, { pointer: "/config/host" }],
    });
  });

  it("is refused when nobody knows its plugin, with whatever else is wrong", async () => {
    const unknown = { code: "plugin.unknown", pointer: "/plugin", fix: expect.any(String) };
    await expect(create({ key: "p", plugin: "nope" })).rejects.toMatchObject({ ...unknown, problems: [unknown] });
    await expect(create({ key: "Not A Key", plugin: "nope" })).rejects.toMatchObject({
      code: "connection.invalid_config",
      problems: [{ pointer: "/key" }, unknown],
    });
  });

  it("is refused for each config field that its plugin does not know, when made and when changed", async () => {
    const misspelt = { host: "h", token: "t0ken-value", tokn: "s3cret-value", "a/b": 1 };
    const message = "The plugin has no such field; it has: host, port, token, pin.";
    const refused = {
      code: "connection.invalid_config",
      problems: [
        { pointer: "/config/tokn", message },
        { pointer: "/config/a~1b", message },
      ],
    };
    const error = await create({ key: "misspelt", config: misspelt }).catch((reason: unknown) => reason);
    expect(error).toMatchObject(refused);
    expect(JSON.stringify(error)).not.toContain("s3cret-value");
    const { id } = await create({ key: "spelt" });
    await expect(update({ connection: id, config: misspelt })).rejects.toMatchObject(refused);
    await expect(update({ connection: id, config: { host: "", pni: "1" } })).rejects.toMatchObject({
      problems: [{ pointer: "/config/pni" }, { pointer: "/config/host" }],
    });
    expect((await inTest((tx) => findConnection(tx, id)))?.secrets).toEqual(["token"]);
  });

  it("drops a field that an older version of its plugin had stored when it is next changed", async () => {
    const { id } = await create({ key: "aged" });
    await inTest((tx) =>
      tx.run(`update connections set config = config || '{"gone": 1}' where workspace_id = $1 and id = $2`, [
        tx.workspaceId,
        id,
      ]),
    );
    expect(await update({ connection: id, concurrency: 4 })).toMatchObject({ config: { host: "h" }, concurrency: 4 });
  });

  it("is found by its id in either case", async () => {
    const { id } = await create({ key: "either-case" });
    expect(await inTest((tx) => findConnection(tx, id.toUpperCase()))).toMatchObject({ id, key: "either-case" });
  });

  it("must choose what becomes of unknown outcomes when nothing can find them out", async () => {
    await expect(create({ key: "no-choice", onUnknown: null })).rejects.toMatchObject({
      code: "connection.invalid_config",
      problems: [{ pointer: "/onUnknown" }],
    });
  });

  it("keeps its key to itself within a workspace", async () => {
    await create({ key: "mine" });
    await expect(create({ key: "mine" })).rejects.toMatchObject({ code: "connection.key_taken" });
    const other = await createWorkspace(db.store, { slug: "other", name: "Other" });
    const theirs = await inWorkspace(db.store, other.id, (tx) =>
      createConnection(tx, setup, {
        key: "mine",
        plugin: "probe",
        config: { host: "h", token: "t0ken-value" },
        onUnknown: "drop",
      }),
    );
    expect(await inTest((tx) => findConnection(tx, theirs.id))).toBeUndefined();
  });

  it("keeps a secret that a change leaves out, replaces one it names, and removes one set to null", async () => {
    const { id } = await create({ key: "changing", config: { host: "a", token: "first-token", pin: "1234" } });
    const moved = await update({ connection: id, config: { host: "b" }, concurrency: 3 });
    expect(moved).toMatchObject({
      config: { host: "b" },
      secrets: ["pin", "token"],
      concurrency: 3,
      onUnknown: "hold",
    });
    await openById(id);
    expect(seen.opened.at(-1)).toMatchObject({ host: "b", token: "first-token", pin: "1234" });
    const changed = await update({ connection: "changing", config: { host: "b", token: "second-token", pin: null } });
    expect(changed.secrets).toEqual(["token"]);
    const { version } = await openById(id);
    const reopened = await openById(id, version);
    expect(reopened.version).not.toBe(version);
    expect(seen.opened.at(-1)).toEqual({ host: "b", port: 25, token: "second-token" });
    await expect(update({ connection: id, config: { host: "b", token: null } })).rejects.toMatchObject({
      problems: [{ pointer: "/config/token" }],
    });
    await expect(update({ connection: id, onUnknown: null })).rejects.toMatchObject({
      problems: [{ pointer: "/onUnknown" }],
    });
    await expect(update({ connection: "absent" })).rejects.toMatchObject({ code: "connection.not_found" });
  });
});

describe("open connections", () => {
  it("are opened once, however many ask, and anew once they changed; the old one is closed", async () => {
    const { id } = await create({ key: "shared" });
    const before = seen.opened.length;
    const [one, two] = await Promise.all([openById(id), openById(id)]);
    expect(one).toBe(two);
    expect(seen.opened.length).toBe(before + 1);
    // Under a clock that stands still, two changes still are two versions.
    await update({ connection: id, concurrency: 9 });
    await update({ connection: id, concurrency: 10 });
    const closed = seen.closed;
    const [next, same] = await Promise.all([openById(id, one.version), openById(id, one.version)]);
    expect(next).toBe(same);
    expect(next.concurrency).toBe(10);
    expect(seen.opened.length).toBe(before + 2);
    await expect.poll(() => seen.closed).toBe(closed + 1);
  });

  it("beyond the limit close the one unused for longest, and all close at the end", async () => {
    const ids = [];
    for (const key of ["l1", "l2", "l3"]) ids.push((await create({ key })).id);
    const closed = seen.closed;
    const first = await openById(ids[0]!);
    await openById(ids[1]!);
    expect(await openById(ids[0]!)).toBe(first);
    await openById(ids[2]!);
    await expect.poll(() => seen.closed).toBe(closed + 1);
    expect(await openById(ids[0]!)).toBe(first);
    await connections.close();
    expect(seen.closed).toBe(closed + 3);
  });

  it("are tried again after a failure to open", async () => {
    const { id } = await create({ key: "failing", config: { host: "down", token: "t0ken-value" } });
    await expect(openById(id)).rejects.toMatchObject({ code: "plugin.crashed", cause: undefined });
    await update({ connection: id, config: { host: "up" } });
    await expect(openById(id)).resolves.toMatchObject({ key: "failing" });
  });
});

describe("checking a connection", () => {
  const check = (connectionId: string) =>
    checkConnection(connections, { workspaceId: db.workspace.id, connectionId }, log);

  it("tells what is wrong with it", async () => {
    const fine = await create({ key: "check-fine" });
    await expect(check(fine.id)).resolves.toEqual({ problems: [] });
    logged.length = 0;
    const down = await create({ key: "check-down", config: { host: "down", token: "t0ken-value" } });
    await expect(check(down.id)).resolves.toMatchObject({ problems: [{ code: "plugin.crashed" }] });
    expect(logged).toMatchObject([{ connectionId: down.id, frames: expect.any(Array) }]);
    expect(JSON.stringify(logged)).not.toContain("t0ken-value");
    await expect(check("00000000-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "connection.not_found" });
  });
});

describe("the catalog", () => {
  it("names the workspace's connections with their actions", async () => {
    const { id } = await create({ key: "in-catalog" });
    const { catalog, refs } = await inTest((tx) => loadCatalog(tx, plugins));
    expect(catalog.connections["in-catalog"]).toMatchObject({ plugin: "probe", actions: { send: { channel: "sms" } } });
    expect(catalog.connections.constructor).toBeUndefined();
    expect(refs.get("in-catalog")).toEqual({ id, channel: "sms", addressKind: "phone", isRoute: false });
  });
});
