const plain = /[^\s<>()[\]"',;:=]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/;

/** The first address in a text, in lower case: `rfc822; <Ada@example.com>` holds `ada@example.com`. */
export function addressIn(text: string): string | undefined {
  return plain.exec(text)?.[0].toLowerCase();
}

/** All addresses of a text, in lower case, each once. */
export function addressesIn(text: string): string[] {
  return [...new Set([...text.matchAll(new RegExp(plain, "g"))].map(([address]) => address.toLowerCase()))];
}
