import { WendError } from "./errors.ts";

/** One e-mail address that fits the grammar. */
export interface EmailAddress {
  /** The whole of it, domain in lower case and ASCII. */
  readonly address: string;
  /** Before the `@`, as written: its case belongs to the receiving host. */
  readonly local: string;
  readonly domain: string;
}

/** Why a text is not an e-mail address. */
export type EmailFault = "too_long" | "bad_character" | "no_at" | "bad_local" | "bad_domain";

/** The address, or why it is none. */
export type EmailMatch =
  | { readonly ok: true; readonly value: EmailAddress }
  | { readonly ok: false; readonly fault: EmailFault };

// RFC 5321 4.5.3.1: a path of 256 octets with its angle brackets, a local part of 64, a label of 63.
const MAX_ADDRESS = 254;
const MAX_LOCAL = 64;

// RFC 5321 Dot-string. A Quoted-string is legal there and refused here: nobody has one, and `"a@b"@c` and
// `"a, b"@c` are how two recipients are smuggled through a place that expects one.
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const local = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
// At least two labels, and the last one is not a number: no host names of a local net, no IP addresses.
const domain = new RegExp(`^(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`);
const international = /^[\p{L}\p{M}\p{N}.-]+$/u;
const forbidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}\s]/u;

/**
 * Tells whether a text is exactly one e-mail address, without throwing: one addr-spec, no display name, no
 * comment, no list, no quotes, no white space or control character, within the lengths of RFC 5321. The local
 * part is ASCII; an international domain becomes its ASCII form.
 */
export function matchEmailAddress(text: string): EmailMatch {
  if (text.length > MAX_ADDRESS) return refused("too_long");
  if (forbidden.test(text)) return refused("bad_character");
  const at = text.indexOf("@");
  if (at === -1) return refused("no_at");
  const name = text.slice(0, at);
  if (name.length > MAX_LOCAL) return refused("too_long");
  if (!local.test(name)) return refused("bad_local");
  const host = asciiDomain(text.slice(at + 1));
  if (host === undefined) return refused("bad_domain");
  if (name.length + 1 + host.length > MAX_ADDRESS) return refused("too_long");
  return { ok: true, value: { address: `${name}@${host}`, local: name, domain: host } };
}

/**
 * The e-mail address a text is, by the grammar of {@link matchEmailAddress}.
 * Throws `address.invalid`; its detail names the fault, never the text.
 *
 * @example
 * parseEmailAddress("Ada@Example.COM").address; // "Ada@example.com"
 * parseEmailAddress("v@x.test, e@y.test"); // throws
 */
export function parseEmailAddress(text: string): EmailAddress {
  const match = matchEmailAddress(text);
  if (match.ok) return match.value;
  throw new WendError("address.invalid", { detail: sentences[match.fault] });
}

const sentences: Record<EmailFault, string> = {
  too_long: "An e-mail address has at most 254 characters, 64 of them before the @.",
  bad_character: "An e-mail address has no white space, line break or control character.",
  no_at: "An e-mail address has an @.",
  bad_local: "Before the @ stand letters, digits and !#$%&'*+-/=?^_`{|}~, with single dots between them.",
  bad_domain: "After the @ stands a host name of at least two labels.",
};

function refused(fault: EmailFault): EmailMatch {
  return { ok: false, fault };
}

function asciiDomain(text: string): string | undefined {
  if (domain.test(text)) return text.toLowerCase();
  if (!international.test(text)) return undefined;
  // The URL parser applies UTS 46, in Node and in a browser alike; what it makes of the text is tested again.
  const ascii = URL.parse(`http://${text}/`)?.hostname;
  return ascii !== undefined && domain.test(ascii) ? ascii : undefined;
}
