import type { Receipt } from "@wend/plugin";
import { deliveryErrors } from "./delivery-errors.ts";
import { isPhoneNumber } from "./phone-number.ts";

/** One report of what became of a message. */
export interface StatusReport {
  readonly sid: string;
  readonly status: string;
  readonly deliveryId: string | undefined;
  readonly fields: ReadonlyMap<string, string>;
  readonly at: number;
}

type StatusReceipt = Receipt<"accepted" | "delivered" | "opened" | "bounced" | "unsubscribed" | "failed">;

/** Under way, delivered, read (by channels other than SMS), given up. */
const kinds: { readonly [status: string]: "accepted" | "delivered" | "opened" | "lost" | "canceled" } = {
  accepted: "accepted",
  scheduled: "accepted",
  queued: "accepted",
  sending: "accepted",
  sent: "accepted",
  partially_delivered: "accepted",
  delivered: "delivered",
  read: "opened",
  undelivered: "lost",
  failed: "lost",
  canceled: "canceled",
};

/** The receipts of one report; none for a state that Twilio adds one day. */
export function readStatus(report: StatusReport): readonly StatusReceipt[] {
  const { sid, status, deliveryId, at } = report;
  const kind = Object.hasOwn(kinds, status) ? kinds[status] : undefined;
  if (kind === undefined) return [];
  const about = deliveryId === undefined ? { providerId: sid } : { deliveryId };
  const said = { about, id: `${sid}:${status}`, at };
  if (kind === "lost") return lostReceipts(report, said);
  return kind === "canceled" ? [{ kind: "failed", ...said, reason: status }] : [{ kind, ...said }];
}

function lostReceipts({ fields, status }: StatusReport, said: Said): readonly StatusReceipt[] {
  const code = fields.get("ErrorCode") ?? "";
  const fault = Object.hasOwn(deliveryErrors, code) ? deliveryErrors[code] : undefined;
  const reason = /^\d{1,10}$/.test(code) ? code : status;
  if (fault === "hard" || fault === "soft") return [{ kind: "bounced", bounce: fault, ...said, reason }];
  const failed: StatusReceipt = { kind: "failed", ...said, reason };
  const to = fields.get("To") ?? "";
  if (fault !== "optedOut" || !isPhoneNumber(to)) return [failed];
  // The delivery failed, and the customer is left alone from now on: two things, of which neither hides the other.
  return [failed, { kind: "unsubscribed", ...said, about: { address: to }, id: `${said.id}:opt-out`, reason }];
}

type Said = Pick<StatusReceipt, "about" | "id" | "at">;
