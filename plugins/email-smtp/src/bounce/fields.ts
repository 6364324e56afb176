/** Fields of a block as in a header, lower case names; the first of each. */
export type Fields = ReadonlyMap<string, string>;

const recipient = /^final-recipient[ \t]*:/gim;
const beforeRecipient = /\n(?=final-recipient[ \t]*:)/i;

/**
 * The blocks of fields about one recipient each: parted by empty lines, or by the recipient alone, as some servers leave
 * the line out. Folded lines are one, lines that are no field are skipped.
 */
export function recipientBlocks(text: string): Fields[] {
  return text
    .split(/\n[ \t]*\n/)
    .flatMap((block) => ((block.match(recipient) ?? []).length < 2 ? [block] : block.split(beforeRecipient)))
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);
}

/** The fields of one block. */
export function fieldsOf(block: string): Fields {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, " ").split("\n")) {
    const found = /^[ \t]*([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*:[ \t]*(.*)$/.exec(line);
    const name = found?.[1]?.toLowerCase();
    if (name !== undefined && !fields.has(name)) fields.set(name, found?.[2]?.trim() ?? "");
  }
  return fields;
}
