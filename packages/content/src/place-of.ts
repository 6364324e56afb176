/** Where an offset of a text is, as editors count: `line:3, col:5`. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `line:${line}, col:${offset - before.lastIndexOf("\n")}`;
}
