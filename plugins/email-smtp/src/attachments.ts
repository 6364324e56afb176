import type { PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { SendMailOptions } from "nodemailer";
import type { SendInput } from "./send-action.ts";

type Attached = NonNullable<SendMailOptions["attachments"]>;
type References = NonNullable<SendInput["attachments"]>;

/** Most servers refuse mails beyond 25 MB, and base64 adds a third. */
const mostBytes = 15_000_000;

/** Loads what a mail refers to. Throws `blob.not_found`, and `blob.too_large` for all of it together. */
export async function loadAttachments(
  host: PluginHost,
  references: References,
  signal: AbortSignal,
): Promise<Attached> {
  const attached: Attached = [];
  let bytes = 0;
  for (const reference of references) {
    const blob = await host.blobs.load(reference.blob, signal);
    bytes += blob.bytes.length;
    if (bytes > mostBytes) throw tooLarge();
    attached.push({
      filename: reference.name ?? blob.name,
      content: Buffer.from(blob.bytes),
      contentType: blob.contentType,
      ...(reference.cid === undefined ? undefined : { cid: reference.cid, contentDisposition: "inline" as const }),
    });
  }
  return attached;
}

const tooLarge = () =>
  new WendError("blob.too_large", { detail: `The attachments of a mail have at most ${mostBytes / 1e6} MB together.` });
