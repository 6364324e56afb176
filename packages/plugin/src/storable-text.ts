/**
 * A text as any store can keep it: at most `most` characters, without NUL and without half of a character. For words that
 * come from elsewhere, a provider's or a customer's, and are written down with a delivery.
 *
 * @example
 * throw new WendError("provider.rejected", { detail: storableText(answer, 200) });
 */
export function storableText(text: string, most: number): string {
  const cut = text.length > most ? text.slice(0, isHalved(text, most) ? most - 1 : most) : text;
  return cut.toWellFormed().replaceAll("\0", "\ufffd");
}

/** Whether a text can be kept as it is. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

// Between the two halves of a surrogate pair.
function isHalved(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
