/** The API key of a request: a bearer token, or the user name of Basic authentication. Undefined: no key was given. */
export function readKey(headers: Headers): string | undefined {
  const [, scheme, value = ""] = /^(bearer|basic) +(.+)$/i.exec(headers.get("authorization")?.trim() ?? "") ?? [];
  if (scheme === undefined) return undefined;
  return scheme.toLowerCase() === "bearer" ? value : userName(value);
}

function userName(encoded: string): string {
  return Buffer.from(encoded, "base64").toString("latin1").split(":", 1)[0]!;
}
