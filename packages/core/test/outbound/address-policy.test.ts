import { describe, expect, it } from "vitest";
import { createAddressPolicy } from "../../src/outbound/address-policy.ts";

const blocked = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "168.63.129.16",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "0:0:0:0:0:ffff:10.0.0.1",
  "::ffff:169.254.169.254",
  "::127.0.0.1",
  "64:ff9b::10.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::1",
  "2002:7f00:1::",
  "2002:0808:0808::1",
  "2001::1",
  "2001:db8::1",
  "3fff::1",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "100::1",
  "5f00::1",
  "localhost",
  "",
  "1.2.3",
  "0x7f.1",
];
const open = [
  "8.8.8.8",
  "1.1.1.1",
  "172.32.0.1",
  "100.128.0.1",
  "168.63.129.17",
  "2606:4700::1111",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
];

describe("the address policy", () => {
  it.each(blocked)("refuses %s", (address) => {
    expect(createAddressPolicy([]).allows(address)).toBe(false);
  });

  it.each(open)("lets %s through", (address) => {
    expect(createAddressPolicy([]).allows(address)).toBe(true);
  });

  it("opens exactly the ranges the operator lists", () => {
    const policy = createAddressPolicy(["127.0.0.1", "10.20.0.0/16", "fd00::/8"]);
    for (const address of ["127.0.0.1", "10.20.255.1", "fd12::1", "::ffff:127.0.0.1"]) {
      expect(policy.allows(address), address).toBe(true);
    }
    for (const address of ["127.0.0.2", "10.21.0.1", "fc00::1", "192.168.0.1"]) {
      expect(policy.allows(address), address).toBe(false);
    }
  });

  it.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "localhost", "fd00::/129", "10.0.0.0/8/8x"])(
    "refuses to allow %s",
    (list) => {
      expect(() => createAddressPolicy([list])).toThrow(expect.objectContaining({ code: "env.invalid" }));
    },
  );
});
