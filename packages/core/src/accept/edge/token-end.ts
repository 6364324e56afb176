// Where the tokens of a document end. They take any bytes and never look beyond the last.

export function closingQuote(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
  return Math.min(at, bytes.length);
}

export function closingBracket(bytes: Uint8Array, from: number): number {
  let open = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === 0x22) at = closingQuote(bytes, at + 1);
    else if (byte === 0x7b || byte === 0x5b) open++;
    else if ((byte === 0x7d || byte === 0x5d) && --open === 0) return at;
  }
  return bytes.length;
}

export function numberEnd(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && numberBytes.has(bytes[at]!)) at++;
  return at;
}

const numberBytes = new Set([...new TextEncoder().encode("0123456789+-.eE")]);
