import { createHash } from "node:crypto";
import type { Sign } from "@wend/email";
import { splitAddress } from "../config.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const anyDelivery = "00000000-0000-7000-8000-000000000000";
const idLength = 25;
const macLength = 20;
const token = `([0-9a-z]{${idLength}}[0-9a-f]{${macLength}})`;

/**
 * The return path of one delivery, `bounce+…@example.com`. Servers cut and lower the part before the @, so a token of
 * the host does not fit: it holds the delivery's id in base 36 and the first 80 bits of a digest of the host's token,
 * which nobody else can make.
 */
export function returnPath(bounceAddress: string, deliveryId: string, sign: Sign): string {
  const { local, domain } = splitAddress(bounceAddress);
  const mac = macOf(deliveryId, sign);
  return mac === undefined ? bounceAddress : `${local}+${toBase36(deliveryId)}${mac}@${domain}`;
}

/** Whether mails have return paths that nobody else can make; not without the key of the operator. */
export const signsReturnPath = (bounceAddress: string | undefined, sign: Sign): boolean =>
  bounceAddress !== undefined && macOf(anyDelivery, sign) !== undefined;

/** The delivery of the first genuine return path in a text; undefined when there is none. */
export function findReturnPath(bounceAddress: string, text: string, sign: Sign): string | undefined {
  const { local, domain } = splitAddress(bounceAddress);
  const pattern = new RegExp(`(?<![\\w.])${escaped(local)}\\+${token}@${escaped(domain)}`, "gi");
  for (const [, found = ""] of text.matchAll(pattern)) {
    const deliveryId = fromBase36(found.slice(0, idLength).toLowerCase());
    if (macOf(deliveryId, sign) === found.slice(idLength).toLowerCase()) return deliveryId;
  }
  return undefined;
}

function macOf(deliveryId: string, sign: Sign): string | undefined {
  const signed = uuid.test(deliveryId) ? sign("bounce", { d: deliveryId.toLowerCase() }) : undefined;
  return signed === undefined ? undefined : createHash("sha256").update(signed).digest("hex").slice(0, macLength);
}

const toBase36 = (id: string): string =>
  BigInt(`0x${id.replaceAll("-", "")}`)
    .toString(36)
    .padStart(idLength, "0");

function fromBase36(text: string): string {
  const value = [...text].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
  return value
    .toString(16)
    .padStart(32, "0")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.*)$/, "$1-$2-$3-$4-$5");
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
