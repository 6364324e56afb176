import { networkInterfaces } from "node:os";

/** Addresses of this machine besides 127.0.0.1: those of its network cards; on Linux all of 127.0.0.0/8 is its own too. */
export function otherAddresses(): string[] {
  const cards = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const outward = cards.filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) => address);
  return process.platform === "linux" ? [...outward, "127.0.0.2"] : outward;
}
