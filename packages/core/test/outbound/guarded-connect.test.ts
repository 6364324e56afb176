import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOutbound } from "../../src/outbound/outbound.ts";

const server = createServer((socket) => socket.end("hello"));
let port: number;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

describe("connect", () => {
  it("opens a socket to a checked address, of a literal or a name", async () => {
    const way = createOutbound(["127.0.0.1", "::1"]).open();
    const socket = await way.connect({ host: "127.0.0.1", port });
    const [greeting] = await once(socket, "data");
    expect(String(greeting)).toBe("hello");
    socket.destroy();
    await way.close();
  });

  it("refuses what the policy refuses, however it is written", async () => {
    const way = createOutbound([]).open();
    for (const host of ["localhost", "127.0.0.1", "[::1]", "127.1", "0x7f000001", "2130706433", "::ffff:10.0.0.1"]) {
      await expect(way.connect({ host, port }), host).rejects.toMatchObject({ code: "connection.blocked_address" });
    }
    await way.close();
  });

  it("names an unknown host as unavailable", async () => {
    const way = createOutbound([]).open();
    const unknown = way.connect({ host: "no-such-host.invalid", port });
    await expect(unknown).rejects.toMatchObject({ code: "provider.unavailable" });
    await way.close();
  });

  it("says what kept a connection from coming about, and leaves no socket behind", async () => {
    const way = createOutbound(["127.0.0.1"]).open();
    const gone = createServer().listen(0, "127.0.0.1");
    await once(gone, "listening");
    const { port: closed } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, "close");
    const refused = way.connect({ host: "127.0.0.1", port: closed });
    await expect(refused).rejects.toMatchObject({ detail: "ECONNREFUSED while connecting." });
    const aborted = way.connect({ host: "127.0.0.1", port, signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: "provider.unavailable" });
    await way.close();
  });
});
