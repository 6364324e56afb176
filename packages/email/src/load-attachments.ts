import type { PluginHost } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import type { MailAttachment } from "./mail.ts";
import type { MailInput } from "./manifest/mail-action.ts";

type References = NonNullable<MailInput["attachments"]>;

/** Most servers refuse mails beyond 25 MB, and base64 adds a third. */
const mostBytes = 15_000_000;

/** Loads what a mail refers to. Throws `blob.not_found`, and `blob.too_large` for all of it together. */
export async function loadAttachments(
  host: Pick<PluginHost, "blobs">,
  references: References,
  signal: AbortSignal,
): Promise<MailAttachment[]> {
  const attached: MailAttachment[] = [];
  let bytes = 0;
  for (const reference of references) {
    const blob = await host.blobs.load(reference.blob, signal);
    bytes += blob.bytes.length;
    if (bytes > mostBytes) throw tooLarge();
    attached.push({ ...blob, name: reference.name ?? blob.name, cid: reference.cid });
  }
  return attached;
}

const tooLarge = () =>
  new WendError("blob.too_large", { detail: `The attachments of a mail have at most ${mostBytes / 1e6} MB together.` });
