import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { Runtime } from "@wend/core";
import { connectRuntime, createConnection, inWorkspace, updateConnection, uuidv7 } from "@wend/core";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import type { Plugin, WebhookRequest } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiServer } from "../src/index.ts";
import { serveApi } from "../src/index.ts";
import { deskPlugin, signDesk } from "./desk-plugin.ts";

const secret = "desk-secret-1";
let db: TestStore;
let runtime: Runtime;
let server: ApiServer;
let connectionId: string;
const logged: string[] = [];
const log = pino({ level: "warn" }, { write: (line: string) => void logged.push(line) });

beforeAll(async () => {
  db = await createTestStore();
  runtime = await connectRuntime({
    databaseUrl: db.url,
    plugins: [deskPlugin as unknown as Plugin],
    secretKey: new Uint8Array(32).fill(3),
    log,
  });
  server = await serveApi({ ...runtime, hooks: runtime, port: 0, host: "127.0.0.1" });
  const connection = await inWorkspace(db.store, db.workspace.id, (tx) =>
    createConnection(tx, runtime, { key: "desk", plugin: "desk", config: { secret } }),
  );
  connectionId = connection.id;
});
afterAll(async () => {
  await server?.close();
  await runtime?.close();
  await db?.close();
});

let tickets = 0;

/** A genuine webhook, or one with something wrong about it. */
async function hook(
  wrong: Partial<{ at: number; by: string; headers: Record<string, string>; to: string; body: string }>,
) {
  const { at = Date.now(), by = secret, to = `/hooks/desk/${connectionId}` } = wrong;
  const written = JSON.stringify({ id: `t-${++tickets}`, user: "u-1", number: tickets });
  const signed = { "x-desk-time": String(at), "x-desk-signature": signDesk(by, at, wrong.body ?? written) };
  const headers = { "content-type": "application/json", ...signed, ...wrong.headers };
  const send = (body: string) => fetch(server.url + to, { method: "POST", headers, body });
  return { send, body: wrong.body ?? written };
}

const events = () =>
  inWorkspace(db.store, db.workspace.id, (tx) =>
    tx.rows<{ name: string; number: number }>(
      `select name, (payload -> 'properties' ->> 'number')::int as number from events order by received_at, id`,
    ),
  );

async function refusalOf(response: Response): Promise<object> {
  const { requestId: _, ...rest } = (await response.json()) as { requestId: string };
  return { status: response.status, ...rest };
}

const refusal = {
  status: 401,
  type: "urn:wend:error:webhook.refused",
  title: "The webhook was refused.",
  code: "webhook.refused",
  fix: expect.any(String),
};

describe("a genuine webhook", () => {
  it("is stored before it is answered as the plugin says", async () => {
    const { send, body } = await hook({});
    const response = await send(body);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(await response.text()).toBe("thanks");
    expect(await events()).toEqual([{ name: "Ticket Solved", number: 1 }]);
  });

  it("of which nothing can be read is told so", async () => {
    const { send, body } = await hook({ body: '{"id":' });
    expect(await refusalOf(await send(body))).toMatchObject({ status: 400, code: "webhook.unreadable" });
  });

  it("is taken with either of two secrets while they are rotated, at once after the change", async () => {
    const change = (config: { secret: string; previous: string | null }) =>
      inWorkspace(db.store, db.workspace.id, (tx) => updateConnection(tx, runtime, { connection: "desk", config }));
    const before = (await events()).length;
    await change({ secret: "desk-secret-2", previous: secret });
    for (const by of [secret, "desk-secret-2"]) {
      const { send, body } = await hook({ by });
      expect((await send(body)).status).toBe(200);
    }
    await change({ secret: "desk-secret-2", previous: null });
    const old = await hook({ by: secret });
    expect((await old.send(old.body)).status).toBe(401);
    await change({ secret, previous: null });
    expect(await events()).toHaveLength(before + 2);
  });
});

it.each([
  ["?a=it's", "?a=it's"],
  ["?", "?"],
  ["?a=%7e&b=+|&a", "?a=%7e&b=+|&a"],
])("the URL reaches the plugin as the provider wrote it: %s", async (written, handed) => {
  const path = `/hooks/desk/${connectionId}`;
  const seen: string[] = [];
  const connections = {
    ...runtime.connections,
    open: async (...on: Parameters<Runtime["connections"]["open"]>) => {
      const open = await runtime.connections.open(...on);
      const receive = async ({ url }: WebhookRequest): Promise<never> => {
        seen.push(url);
        throw new WendError("webhook.refused");
      };
      return { ...open, instance: { ...open.instance, receive } };
    },
  };
  const hooks = { ...runtime, connections, publicUrl: () => "https://wend.test/in" };
  const watched = await serveApi({ ...runtime, hooks, port: 0, host: "127.0.0.1" });
  try {
    for (const target of [path + written, `http://wend${path}${written}`]) {
      const socket = connect(watched.port, "127.0.0.1");
      socket.write(`GET ${target} HTTP/1.1\r\nhost: wend\r\nconnection: close\r\n\r\n`);
      expect(await text(socket)).toMatch(/^HTTP\/1.1 401/);
    }
    expect(seen).toEqual(Array(2).fill(`https://wend.test/in${path}${handed}`));
  } finally {
    await watched.close();
  }
});

it.each(["PUT", "PATCH", "DELETE", "OPTIONS"])("%s is no method of a webhook", async (method) => {
  const response = await fetch(`${server.url}/hooks/desk/${connectionId}`, { method });
  expect(response.headers.get("allow")).toBe("GET, HEAD, POST");
  expect(await refusalOf(response)).toMatchObject({ status: 405, code: "request.method_not_allowed" });
});

describe("a webhook is refused with one answer, and nothing is written, when", () => {
  it.each<[string, Parameters<typeof hook>[0]]>([
    ["it has no signature", { headers: { "x-desk-signature": "" } }],
    ["it is signed with another secret", { by: "another" }],
    ["it is signed with an empty secret", { by: "" }],
    ["it is six minutes old", { at: Date.now() - 360_000 }],
    ["it comes from the future", { at: Date.now() + 360_000 }],
    ["its time is none", { headers: { "x-desk-time": "soon" } }],
    ["its connection is not known", { to: "/hooks/desk/01a20000-0000-7000-8000-000000000000" }],
    ["its connection is no id", { to: "/hooks/desk/desk" }],
    ["it goes to another plugin", { to: "/hooks/other/CONNECTION" }],
  ])("%s", async (_, wrong) => {
    const before = await events();
    const { send, body } = await hook({
      ...wrong,
      ...(wrong.to && { to: wrong.to.replace("CONNECTION", connectionId) }),
    });
    const response = await send(body);
    expect(await refusalOf(response)).toEqual(refusal);
    expect(await events()).toEqual(before);
  });

  it("one byte of it was flipped, whichever", async () => {
    const { send, body } = await hook({});
    const before = await events();
    for (let at = 0; at < body.length; at++) {
      const flipped = body.slice(0, at) + String.fromCharCode(body.charCodeAt(at) ^ 1) + body.slice(at + 1);
      expect(await refusalOf(await send(flipped)), flipped).toEqual(refusal);
    }
    expect(await events()).toEqual(before);
  });

  it("its JSON was written anew, with the same meaning", async () => {
    const { send, body } = await hook({});
    expect((await send(JSON.stringify(JSON.parse(body), null, 1))).status).toBe(401);
    expect((await send(body)).status).toBe(200);
  });

  it("it was taken before, also when both come at once", async () => {
    const { send, body } = await hook({});
    const before = (await events()).length;
    const answers = await Promise.all([send(body), send(body), send(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await send(body)).status).toBe(401);
    expect(await events()).toHaveLength(before + 1);
  });
});

describe("a connection that does not open", () => {
  const unsealed = "update connections set secrets = '{}', updated_at = clock_timestamp()";
  const resealed = `update connections set secrets = jsonb_build_object('secret', secrets -> 'previous'),
    updated_at = clock_timestamp()`;

  it.each([
    ["its configuration does not parse", "some secret", unsealed],
    ["its secrets cannot be read", "some secret", resealed],
    ["its plugin fails", "refuse to open", undefined],
  ])("is unavailable without a reason to whoever asks, because %s", async (_, own, breaking) => {
    const { id } = await inWorkspace(db.store, db.workspace.id, async (tx) => {
      const config = { secret: own, previous: "another" };
      const made = await createConnection(tx, runtime, { key: `shut-${++tickets}`, plugin: "desk", config });
      if (breaking) await tx.run(`${breaking} where workspace_id = $1 and id = $2`, [tx.workspaceId, made.id]);
      return made;
    });
    const { send, body } = await hook({ to: `/hooks/desk/${id}`, by: "nobody's" });
    const response = await send(body);
    expect(response.headers.get("retry-after")).toBe("60");
    expect(await refusalOf(response)).toEqual({
      status: 503,
      type: "urn:wend:error:connection.unavailable",
      title: "The connection cannot be used at the moment.",
      code: "connection.unavailable",
      fix: expect.any(String),
    });
    const elsewhere = await Promise.all([`/hooks/other/${id}`, `/hooks/desk/${uuidv7()}`].map((to) => hook({ to })));
    const refused = await Promise.all(elsewhere.map(async (to) => refusalOf(await to.send(to.body))));
    expect(refused[0]).toMatchObject({ status: 401, code: "webhook.refused" });
    expect(refused[1]).toEqual(refused[0]);
    const told = logged.filter((line) => line.includes(id)).join();
    expect(told).toContain("connection does not open");
    expect(told).not.toContain("refuse to open");
  });
});

describe("a body", () => {
  it("in pieces takes as much room as it may have: a flood of them is turned away before it is read", async () => {
    const crowded = await serveApi({
      ...runtime,
      hooks: runtime,
      port: 0,
      host: "127.0.0.1",
      limits: { bytes: 600_000 },
    });
    try {
      const first = connect(crowded.port, "127.0.0.1");
      const head = `POST /hooks/desk/${connectionId} HTTP/1.1\r\nhost: wend\r\ntransfer-encoding: chunked\r\n`;
      first.write(`${head}\r\n1\r\nx\r\n`);
      const status = async () =>
        (await fetch(`${crowded.url}/hooks/desk/x`, { method: "POST", body: "x".repeat(100_000) })).status;
      await expect.poll(status, { timeout: 10_000 }).toBe(429);
      first.destroy();
      await expect.poll(status, { timeout: 10_000 }).toBe(401);
    } finally {
      await crowded.close();
    }
  });

  it("that is too large is refused, announced or in pieces", async () => {
    const huge = "x".repeat(1_100_000);
    const { send } = await hook({});
    expect((await send(huge)).status).toBe(413);
    const socket = connect(server.port, "127.0.0.1");
    socket.write(`POST /hooks/desk/${connectionId} HTTP/1.1\r\nhost: wend\r\nconnection: close\r\n`);
    socket.write(`transfer-encoding: chunked\r\n\r\n${(huge.length).toString(16)}\r\n${huge}\r\n0\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 413/);
  });

  it("that is compressed reaches the plugin as it came: that is what was signed", async () => {
    const { send, body } = await hook({ headers: { "content-encoding": "gzip" } });
    expect((await send(body)).status).toBe(200);
  });
});
