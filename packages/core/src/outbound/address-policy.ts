import { BlockList, isIP } from "node:net";
import { WendError } from "@wend/plugin";

/** Decides which addresses connections may reach. */
export interface AddressPolicy {
  allows(address: string): boolean;
}

const specialV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  // Public by number, but the host's own agent on Azure.
  "168.63.129.16",
];

const globalV6 = "2000::/3";
// Within 2000::/3: protocol assignments with Teredo, 6to4, documentation.
const specialV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const v4Blocked = listOf(specialV4);
const v6Global = listOf([globalV6]);
const v6Blocked = listOf(specialV6);

/** Public addresses, and what the operator allows beside them: addresses and CIDR ranges. */
export function createAddressPolicy(allow: readonly string[]): AddressPolicy {
  const allowed = listOf(allow);
  const isAllowed = (address: string) => allowed.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return {
    allows: (address) => {
      const family = isIP(address);
      // `fe80::1%eth0` and whatever else is no plain address.
      if (family === 0 || address.includes("%")) return false;
      if (isAllowed(address)) return true;
      if (family === 4) return isPublicV4(address);
      const inner = embeddedV4(address);
      return inner === undefined ? isPublicV6(address) : isAllowed(inner) || isPublicV4(inner);
    },
  };
}

const isPublicV4 = (address: string) => !v4Blocked.check(address, "ipv4");

const isPublicV6 = (address: string) => v6Global.check(address, "ipv6") && !v6Blocked.check(address, "ipv6");

/** The IPv4 address that an IPv4-mapped (`::ffff:0:0/96`) or NAT64 (`64:ff9b::/96`) address stands for. */
function embeddedV4(address: string): string | undefined {
  // A URL writes an IPv6 address in its one canonical form.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const match = /^(?:::ffff|64:ff9b:):([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!match) return undefined;
  const [high, low] = [Number.parseInt(match[1]!, 16), Number.parseInt(match[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits, ...rest] = range.split("/");
    const family = isIP(address);
    const most = family === 6 ? 128 : 32;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (family === 0 || rest.length > 0 || !(prefix <= most)) {
      throw new WendError("env.invalid", { detail: `"${range}" is neither an address nor a CIDR range.` });
    }
    list.addSubnet(address, prefix, family === 6 ? "ipv6" : "ipv4");
  }
  return list;
}
