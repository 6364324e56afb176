import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createAddressPolicy } from "../../src/outbound/address-policy.ts";
import { runGuarded } from "../../src/outbound/call-guard.ts";
import { createGuardedFetch } from "../../src/outbound/guarded-fetch.ts";
import { createResolveHost } from "../../src/outbound/resolve-host.ts";
import { startSink } from "./http-sink.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function sink(...args: Parameters<typeof startSink>) {
  const started = await startSink(...args);
  closers.push(started.close);
  return started;
}

function open(allow: string | undefined, names: Record<string, string[]> = {}) {
  const policy = createAddressPolicy(allow === undefined ? [] : [allow]);
  const find = async (host: string) =>
    (names[host] ?? []).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const guarded = createGuardedFetch(policy, createResolveHost(policy, find));
  closers.push(guarded.close);
  return guarded.fetch;
}

const withCode = (code: string) => expect.objectContaining({ code });

describe("guarded fetch", () => {
  it("sends what fetch would send and gives back the whole answer", async () => {
    const server = await sink((request, response) => {
      response.writeHead(201, { "content-type": "application/json", "x-many": ["a", "b"] });
      response.end(JSON.stringify({ got: request.body }));
    });
    const fetch = open("127.0.0.1");
    const response = await fetch(`${server.url}/hook?a=1`, {
      method: "post",
      headers: { "X-Key": "k" },
      body: "héllo",
    });
    expect(response).toMatchObject({ status: 201, ok: true, redirected: false, url: `${server.url}/hook?a=1` });
    expect(response.headers.get("x-many")).toBe("a, b");
    await expect(response.clone().text()).resolves.toBe('{"got":"héllo"}');
    await expect(response.json()).resolves.toEqual({ got: "héllo" });
    await expect(response.text()).rejects.toThrow(TypeError);
    expect(server.requests[0]).toMatchObject({ method: "POST", path: "/hook?a=1", body: "héllo" });
    expect(server.requests[0]!.headers).toMatchObject({ "x-key": "k", "content-type": "text/plain;charset=UTF-8" });
  });

  it("takes every shape of request that fetch takes", async () => {
    const server = await sink();
    const fetch = open("127.0.0.1");
    await fetch(new URL(server.url));
    await fetch(new Request(server.url, { method: "PUT", body: "r" }));
    await fetch(server.url, { method: "POST", body: new URLSearchParams({ a: "1" }) });
    await fetch(server.url, { method: "POST", headers: new Headers({ "x-h": "1" }), body: new Uint8Array([65]) });
    expect(server.requests.map(({ method, body }) => `${method} ${body}`)).toEqual([
      "GET ",
      "PUT r",
      "POST a=1",
      "POST A",
    ]);
    expect(server.requests[2]!.headers["content-type"]).toMatch(/x-www-form-urlencoded/);
    expect(server.requests[3]!.headers["x-h"]).toBe("1");
  });

  it("uses one socket again and again", async () => {
    const server = await sink();
    const fetch = open("127.0.0.1");
    for (let i = 0; i < 20; i++) await (await fetch(server.url, { method: "POST", body: "x" })).text();
    // The second may open while the first is being handed back.
    expect(server.sockets.opened).toBeLessThanOrEqual(2);
  });

  it("refuses private addresses, written or resolved, before a socket is opened", async () => {
    const server = await sink();
    const fetch = open(undefined, { "inside.test": ["127.0.0.1"], "mixed.test": ["93.184.216.34", "::1"] });
    const { port } = server;
    for (const host of ["127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "inside.test", "mixed.test"]) {
      await expect(fetch(`http://${host}:${port}/`), host).rejects.toEqual(withCode("connection.blocked_address"));
    }
    expect(server.sockets.opened).toBe(0);
  });

  it("connects to the address that was checked, not to a later answer of the name server", async () => {
    const server = await sink();
    const policy = createAddressPolicy(["127.0.0.1"]);
    let asked = 0;
    const guarded = createGuardedFetch(
      policy,
      createResolveHost(policy, async () => [{ address: ++asked === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }]),
    );
    closers.push(guarded.close);
    await guarded.fetch(`http://rebind.test:${server.port}/`);
    expect(asked).toBe(1);
    expect(server.requests).toHaveLength(1);
  });

  it("follows no redirect", async () => {
    const server = await sink((_request, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" });
      response.end();
    });
    const response = await open("127.0.0.1")(server.url);
    expect(response.status).toBe(302);
    expect(response.ok).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it("reads at most 1 MB, also of what is compressed", async () => {
    const big = Buffer.alloc(1_100_000, 120);
    const server = await sink((request, response) => {
      if (request.path === "/zip") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(big));
      else if (request.path === "/small") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("hi"));
      else response.end(big);
    });
    const fetch = open("127.0.0.1");
    await expect(fetch(`${server.url}/plain`)).rejects.toEqual(withCode("provider.answer_too_large"));
    await expect(fetch(`${server.url}/zip`)).rejects.toEqual(withCode("provider.answer_too_large"));
    await expect((await fetch(`${server.url}/small`)).text()).resolves.toBe("hi");
  });

  it("refuses other schemes and credentials in the URL", async () => {
    const fetch = open("127.0.0.1");
    for (const url of ["file:///etc/passwd", "ftp://example.com/", "http://a:b@example.com/", "nonsense"]) {
      await expect(fetch(url), url).rejects.toEqual(withCode("input.invalid"));
    }
  });

  it("says unavailable when nothing was written, and unknown once something was", async () => {
    const closed = await sink();
    await closed.close();
    const dropping = createTcpServer((socket) => {
      socket.once("data", () => socket.destroy());
      socket.on("error", () => {});
    }).listen(0, "127.0.0.1");
    await once(dropping, "listening");
    closers.push(async () => dropping.close());
    const fetch = open("127.0.0.1", { "gone.test": [] });
    await expect(fetch(closed.url, { method: "POST", body: "x" })).rejects.toEqual(withCode("provider.unavailable"));
    await expect(fetch("http://gone.test/")).rejects.toEqual(withCode("provider.unavailable"));
    const url = `http://127.0.0.1:${(dropping.address() as AddressInfo).port}/`;
    await expect(fetch(url, { method: "POST", body: "x" })).rejects.toEqual(withCode("provider.unknown_outcome"));
  });

  it("obeys the signal: before the connect, while it hangs, and beforehand", async () => {
    const sockets: Socket[] = [];
    const { promise: written, resolve: onWritten } = Promise.withResolvers<unknown>();
    const hanging = createTcpServer((socket) => {
      sockets.push(socket.on("error", () => {}).once("data", onWritten));
    }).listen(0, "127.0.0.1");
    await once(hanging, "listening");
    closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      hanging.close();
    });
    const url = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}/`;
    const fetch = open("127.0.0.1");

    const early = AbortSignal.abort(new Error("too late"));
    await expect(fetch(url, { signal: early })).rejects.toEqual(withCode("provider.unavailable"));

    const beforeConnect = new AbortController();
    const waiting = fetch(url, { signal: beforeConnect.signal });
    beforeConnect.abort(new Error("before connect"));
    await expect(waiting).rejects.toEqual(withCode("provider.unavailable"));

    const whileHanging = new AbortController();
    const hung = fetch(url, { method: "POST", body: "x", signal: whileHanging.signal });
    await written;
    whileHanging.abort(new Error("timeout"));
    await expect(hung).rejects.toEqual(withCode("provider.unknown_outcome"));
  });

  it("writes nothing once the caller's guard says no", async () => {
    const server = await sink();
    const fetch = open("127.0.0.1");
    const signal = AbortSignal.any([new AbortController().signal]);
    await expect(
      runGuarded(
        () => false,
        () => fetch(server.url, { method: "POST", body: "x", signal }),
      ),
    ).rejects.toEqual(withCode("delivery.lease_lost"));
    await fetch(server.url);
    expect(server.requests.map((request) => request.method)).toEqual(["GET"]);
  });
});
