import { createHash } from "node:crypto";
import type { WebhookRequest } from "@wend/plugin";
import { matchHmac, parseWebhookHeader, parseWebhookJson, refuseWebhook } from "@wend/plugin";
import { z } from "zod";
import type { Config } from "./manifest.ts";

const jsonObject = z.record(z.string(), z.unknown());
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The fields of a webhook that Twilio has signed: HMAC-SHA1 in base64 over the URL and, of a form, each name and value
 * in the order of the names; of any other body the URL holds the SHA-256. Refuses everything else.
 */
export function verify(config: Config, { method, url, headers, body }: WebhookRequest): ReadonlyMap<string, string> {
  if (method !== "POST") refuseWebhook("Twilio is to send it by POST.");
  const signature = parseWebhookHeader(headers, "x-twilio-signature");
  const bodyHash = URL.parse(url)?.searchParams.get("bodySHA256") ?? undefined;
  const fields = bodyHash === undefined ? formFields(body) : new Map<string, string>();
  const secrets = [config.authToken, config.previousAuthToken];
  const genuine = spellings(url).some((spelling) =>
    matchHmac({ algorithm: "sha1", secrets, encoding: "base64", signature, parts: [spelling, inOrder(fields)] }),
  );
  if (!genuine) refuseWebhook("The signature does not match.");
  return bodyHash === undefined ? storable(fields) : jsonFields(body, bodyHash);
}

/** Twilio signs some URLs with their port and some without, whatever it was given. */
function spellings(url: string): readonly string[] {
  const [, scheme = "", host = "", port, rest = ""] = /^(https?:\/\/)([^/?#]*?)(:\d+)?([/?#].*)?$/.exec(url) ?? [];
  return [scheme + host + rest, `${scheme}${host}${port ?? (scheme === "https://" ? ":443" : ":80")}${rest}`];
}

function inOrder(fields: ReadonlyMap<string, string>): string {
  const names = [...fields.keys()].sort();
  return names.map((name) => name + fields.get(name)).join("");
}

function formFields(body: Uint8Array): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(decoded(body))) {
    // Of two values nobody can say which one was meant; Twilio sends each name once.
    if (fields.has(name)) refuseWebhook("A field comes twice.");
    fields.set(name, value);
  }
  return fields;
}

// A NUL that a customer writes must not keep a STOP from being understood, or from being stored.
const storable = (fields: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...fields].map(([name, value]) => [name, value.replaceAll("\0", "")]));

function jsonFields(body: Uint8Array, bodyHash: string): Map<string, string> {
  // The hash is signed with the URL: comparing it is no secret's business.
  if (createHash("sha256").update(body).digest("hex") !== bodyHash) refuseWebhook("The body is another one.");
  const entries = Object.entries(parseWebhookJson(body, jsonObject));
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function decoded(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    return refuseWebhook("The body is not UTF-8.");
  }
}
