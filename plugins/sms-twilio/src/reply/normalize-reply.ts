/** Letters that Unicode does not take apart. */
const letters: { readonly [letter: string]: string } = { ß: "ss", ł: "l", ø: "o", æ: "ae", œ: "oe", đ: "d" };

/**
 * The sentences of a reply, each in lower case, without accents, apostrophes and marks, with single blanks: the many
 * ways in which one thing is typed become one.
 */
export function normalizeReply(text: string): readonly string[] {
  return joinSpelled(fold(text))
    .split(/[.!?…;:,\n\r()"«»„“”¿¡|]+|\s[-–—/]+\s/u)
    .map((sentence) => sentence.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim())
    .filter((sentence) => sentence !== "");
}

function fold(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll("🛑", " stop ")
    .toLowerCase()
    .replaceAll(/[ßłøæœđ]/g, (letter) => letters[letter]!)
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Cf}'’‘`´ʼ]/gu, "")
    .replaceAll(/(\p{L})\1{2,}/gu, "$1");
}

/** `s t o p` and `S.T.O.P.` are one word. */
function joinSpelled(text: string): string {
  return text.replaceAll(/(?<!\p{L})\p{L}(?:[ .*_-]{1,2}\p{L}(?!\p{L})){3,}/gu, (spelled) =>
    spelled.replaceAll(/[^\p{L}]/gu, ""),
  );
}
