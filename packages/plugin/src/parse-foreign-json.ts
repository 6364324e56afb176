/**
 * The JSON of somebody else, a provider's or a browser's, with every text as any store can keep it: U+FFFD stands where
 * it wrote NUL or half of a character. Throws a `SyntaxError`.
 */
export function parseForeignJson(text: string): unknown {
  return JSON.parse(
    text.replace(escapes, (written, bad: string | undefined) => (bad === undefined ? written : "\\ufffd")),
  );
}

// Each escape in its order, so that an escaped backslash begins none: pairs of surrogates, what no store keeps, the rest.
const escapes = /\\(?:ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|u(0000|d[89a-f][0-9a-f]{2})|.)/gi;
