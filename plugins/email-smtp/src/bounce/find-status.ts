/** The enhanced status (RFC 3463) in a server's words: that of a reply, or one in brackets as qmail writes it. */
export function findStatus(words: string): string | undefined {
  const found =
    /\b[45]\d\d[ -]{1,2}#?([45]\.\d{1,3}\.\d{1,3})\b/.exec(words) ??
    /#([45]\.\d{1,3}\.\d{1,3})\b/.exec(words) ??
    /(?:^|[\s(<[])([45]\.\d{1,3}\.\d{1,3})(?=$|[\s)>:;,\]])/.exec(words);
  return found?.[1];
}

/** The code of an SMTP reply in a server's words. */
export function findReplyCode(words: string): number | undefined {
  const found = /(?:^|[\s:;"'(<>])([45][0-5]\d)(?=[\s-]|$)/.exec(words);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
