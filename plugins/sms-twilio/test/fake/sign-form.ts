import { createHmac } from "node:crypto";

/** `X-Twilio-Signature` of a form: over the URL and every name and value, in the order of the names. */
export function signForm(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((all, name) => all + name + fields[name], url);
  return createHmac("sha1", authToken).update(signed, "utf8").digest("base64");
}
