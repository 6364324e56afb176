const basic = /^basic +/i;
const bearer = /^bearer +/i;

/** The key of an Authorization header: the Basic user name, as Segment's libraries send it, or a bearer token. */
export function keyOfHeader(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (basic.test(header)) return userName(header.replace(basic, ""));
  return bearer.test(header) ? header.replace(bearer, "").trim() : "";
}

function userName(encoded: string): string {
  const text = Buffer.from(encoded, "base64").toString("latin1");
  const colon = text.indexOf(":");
  return colon < 0 ? text : text.slice(0, colon);
}
