import type { Receipt } from "@wend/plugin";
import type { Config } from "./manifest.ts";
import { isPhoneNumber } from "./phone-number.ts";
import type { TwilioReceived } from "./receive.ts";
import type { ReplyMeaning } from "./reply/classify-reply.ts";
import { classifyReply } from "./reply/classify-reply.ts";
import { replyTwiml } from "./twiml.ts";

/** What a customer has written. */
export interface Inbound {
  readonly sid: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly at: number;
}

const meanings: { readonly [optOutType: string]: ReplyMeaning } = { STOP: "stop", START: "start", HELP: "help" };
const signalNames = { start: "SMS Opted In", help: "SMS Help Requested" } as const;

/** STOP takes back the permission; everything else is a reply, and START and HELP are told as such too. */
export function readInbound({ helpText }: Config, { sid, fields, at }: Inbound): Omit<TwilioReceived, "proof"> {
  const address = fields.get("From") ?? "";
  // A short code, a name or another channel: nobody whom we write to by SMS.
  if (!isPhoneNumber(address)) return { reply: replyTwiml() };
  const text = fields.get("Body") ?? "";
  // Advanced Opt-Out says how Twilio itself has understood it, and has answered then.
  const known = meanings[fields.get("OptOutType")?.toUpperCase() ?? ""];
  const meaning = known ?? classifyReply(text);
  const about = { address };
  const reply = replyTwiml(meaning === "help" && known === undefined ? helpText : undefined);
  if (meaning === "stop") return { receipts: [{ kind: "unsubscribed", about, id: sid, at, reason: "STOP" }], reply };
  const replied: Receipt<"replied"> = { kind: "replied", about, id: sid, at, ...(text !== "" && { text }) };
  if (meaning === "other") return { receipts: [replied], reply };
  const signal = {
    name: signalNames[meaning],
    about: { address, kind: "phone" },
    id: `${sid}:${meaning}`,
    at,
  } as const;
  return { receipts: [replied], signals: [{ ...signal, data: { text, to: fields.get("To") ?? "" } }], reply };
}
