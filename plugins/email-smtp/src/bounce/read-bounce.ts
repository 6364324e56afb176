import { createHash } from "node:crypto";
import type { Sign } from "@wend/email";
import type { PluginHost } from "@wend/plugin";
import type { Config } from "../config.ts";
import type { HeardFacts } from "../heard.ts";
import { signsReturnPath } from "../links/return-path.ts";
import { findDelivery } from "./find-delivery.ts";
import { readMail } from "./read-mail.ts";
import { readReports } from "./read-reports.ts";
import { toReceipts } from "./to-receipts.ts";

/** What reading a mail needs. */
export interface Reader {
  readonly config: Config;
  readonly host: PluginHost;
  readonly sign: Sign;
}

/** What a mail that came back tells of deliveries; nothing when it tells nothing, or cannot be read. */
export async function readBounce({ config, host, sign }: Reader, raw: Uint8Array): Promise<HeardFacts> {
  const mail = await readMail(raw).catch(() => undefined);
  if (mail === undefined) {
    host.log.warn({ bytes: raw.length }, "a mail could not be read");
    return { receipts: [] };
  }
  const now = host.now();
  const id = createHash("sha256")
    .update(mail.headers.get("message-id") ?? raw)
    .digest("base64url");
  const at = Math.min(mail.date ?? now, now);
  const reports = readReports(mail);
  const about = findDelivery(mail, config, sign);
  const signed = signsReturnPath(config.bounceAddress, sign);
  if (signed && about === undefined && reports.length > 0) {
    host.log.warn({ kinds: reports.map(({ kind }) => kind) }, "reports that name no mail of ours are not believed");
  }
  return { receipts: toReceipts(reports, { id, at, about, signed }) };
}
