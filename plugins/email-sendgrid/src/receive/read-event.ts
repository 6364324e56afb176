import { createHash } from "node:crypto";
import { findAgent, withoutAddresses } from "@wend/email";
import type { Facts, Receipt, ReceiptSubject } from "@wend/plugin";
import type { Kinds, Signals } from "../manifest.ts";
import { dropReasons } from "./drop-reasons.ts";
import type { SendgridEvent } from "./event.ts";
import { judgeBounce } from "./judge-bounce.ts";

type Told = Receipt<Kinds>;
type Said = Pick<Told, "about" | "id" | "at">;
type Reader = (event: SendgridEvent, said: Said) => readonly Told[];

/** The facts of one event; none of one that SendGrid adds some day. */
export function readEvent(event: SendgridEvent, connection: string): Facts<Kinds, Signals> {
  const said = { id: event.sg_event_id ?? digest(event), at: event.timestamp * 1_000 };
  const isOurs = event.wend_connection === connection && event.wend_delivery !== undefined;
  if (!isOurs) return { receipts: readForeign(event, said) };
  const about = { deliveryId: event.wend_delivery! };
  if (event.event === "group_resubscribe") return { signals: resubscribed(event, { ...said, about }) };
  return { receipts: readerOf(event)?.(event, { ...said, about }) ?? [] };
}

/**
 * SendGrid tells each webhook of all mail of the account. What another system, or another connection, has sent is none of
 * ours; what it shows of an address counts, for SendGrid will not write there for us either.
 */
function readForeign(event: SendgridEvent, said: Omit<Said, "about">): readonly Told[] {
  // Of its own group only.
  if (event.email === undefined || event.event === "group_unsubscribe") return [];
  const told = readerOf(event)?.(event, { ...said, about: { address: event.email } }) ?? [];
  return told.filter(
    (receipt) =>
      receipt.kind === "complained" ||
      receipt.kind === "unsubscribed" ||
      (receipt.kind === "bounced" && receipt.bounce === "hard"),
  );
}

const readers: { readonly [event: string]: Reader } = {
  processed: (_, said) => [{ kind: "accepted", ...said }],
  deferred: ({ response }, said) => [{ kind: "deferred", ...said, ...reasonOf(response) }],
  delivered: (_, said) => [{ kind: "delivered", ...said }],
  bounce: (event, said) => [
    { kind: "bounced", bounce: judgeBounce(event), ...said, ...reasonOf(event.reason ?? event.status) },
  ],
  dropped: readDropped,
  open: (event, said) => [{ kind: "opened", ...said, ...(isMachine(event) && { machine: true }) }],
  click: (event, said) => [
    { kind: "clicked", ...said, ...(event.url && { url: event.url }), ...(isMachine(event) && { machine: true }) },
  ],
  spamreport: (_, said) => [{ kind: "complained", ...said }],
  unsubscribe: (_, said) => [{ kind: "unsubscribed", ...said }],
  group_unsubscribe: (_, said) => [{ kind: "unsubscribed", ...said }],
};

const readerOf = ({ event }: SendgridEvent): Reader | undefined =>
  Object.hasOwn(readers, event) ? readers[event] : undefined;

/** The delivery failed, and the address is on one of SendGrid's lists: two things, of which neither hides the other. */
function readDropped({ reason = "", email }: SendgridEvent, said: Said): readonly Told[] {
  const because = reasonOf(reason);
  const known = Object.hasOwn(dropReasons, reason) ? dropReasons[reason] : undefined;
  if (known === "bounced") return [{ kind: "bounced", bounce: "hard", ...said, ...because }];
  const failed: Told = { kind: "failed", ...said, ...because };
  if (known === undefined || email === undefined) return [failed];
  const about: ReceiptSubject = { address: email };
  return [failed, { kind: known, ...said, about, id: `${said.id}:${known}`, ...because }];
}

function resubscribed({ asm_group_id }: SendgridEvent, said: Said & { about: { deliveryId: string } }) {
  return asm_group_id === undefined
    ? []
    : [{ name: "Email Resubscribed" as const, ...said, data: { group: asm_group_id } }];
}

/** Apple's Mail Privacy Protection, as SendGrid marks it; a scanner, as far as it names itself. */
const isMachine = ({ sg_machine_open, useragent = "" }: SendgridEvent): boolean =>
  sg_machine_open === true || findAgent(useragent)?.machine === true;

const reasonOf = (words: string | undefined) => (words ? { reason: withoutAddresses(words) } : undefined);

// The same whenever the same event is told again.
const digest = (event: SendgridEvent): string => createHash("sha256").update(JSON.stringify(event)).digest("base64url");
