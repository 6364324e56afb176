import { describe, expect, it } from "vitest";
import { createOutbound } from "../../src/outbound/outbound.ts";

describe("resolveHost", () => {
  it("gives one checked address of a real name or literal", async () => {
    const way = createOutbound(["127.0.0.1", "::1"]).open();
    await expect(way.resolveHost("127.0.0.1")).resolves.toEqual({ address: "127.0.0.1", family: 4 });
    await expect(way.resolveHost("[::1]")).resolves.toEqual({ address: "::1", family: 6 });
    const { address } = await way.resolveHost("localhost");
    expect(["127.0.0.1", "::1"]).toContain(address);
    await way.close();
  });

  it("refuses what the policy refuses, however it is written", async () => {
    const way = createOutbound([]).open();
    for (const host of ["localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "::ffff:10.0.0.1"]) {
      await expect(way.resolveHost(host), host).rejects.toEqual(
        expect.objectContaining({ code: "connection.blocked_address" }),
      );
    }
    await way.close();
  });

  it("names an unknown host as unavailable", async () => {
    const way = createOutbound([]).open();
    await expect(way.resolveHost("no-such-host.invalid")).rejects.toEqual(
      expect.objectContaining({ code: "provider.unavailable" }),
    );
    await way.close();
  });
});
