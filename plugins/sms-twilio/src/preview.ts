import type { Preview } from "@wend/plugin";
import { countSeptets } from "./text/gsm-7.ts";
import type { Segmented } from "./text/segments.ts";
import { splitText } from "./text/segments.ts";

const HEADER_BYTES = 6;
const HEADER_SEPTETS = 7;
/** More names would be a list, not a note. */
const MOST_NAMED = 10;

/** What a text would be as SMS. Twilio is not asked. */
export function preview(text: string): Preview {
  const split = splitText(text);
  const notes = [...encodingNotes(text, split), ...lengthNotes(text)];
  return { parts: split.segments.length, bytes: countBytes(split), encoding: split.encoding, notes };
}

function countBytes({ encoding, segments }: Segmented): number {
  const split = segments.length > 1;
  const bytesOf = (units: number) =>
    encoding === "UCS-2"
      ? units * 2 + (split ? HEADER_BYTES : 0)
      : Math.ceil(((units + (split ? HEADER_SEPTETS : 0)) * 7) / 8);
  return segments.reduce((sum, units) => sum + bytesOf(units), 0);
}

function encodingNotes(text: string, { encoding, segments }: Segmented): string[] {
  if (encoding === "GSM-7") return [];
  const foreign = [...new Set(text)].filter((character) => countSeptets(character) === undefined);
  const named = foreign.slice(0, MOST_NAMED).map(nameOf).join(", ");
  const more = foreign.length > MOST_NAMED ? ` and ${foreign.length - MOST_NAMED} more` : "";
  const without = splitText([...text].filter((character) => countSeptets(character) !== undefined).join(""));
  return [
    `Not in GSM-7: ${named}${more}. The text goes as UCS-2, 70 characters a segment instead of 160.`,
    ...(without.segments.length < segments.length
      ? [`Without them it would take ${without.segments.length} of ${segments.length} segments.`]
      : []),
  ];
}

/** A character an author may not see or tell from another is named by its number too. */
function nameOf(character: string): string {
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `${character} (${number})` : number;
}

function lengthNotes(text: string): string[] {
  return text.length > 1_600 ? [`Twilio refuses more than 1,600 characters; these are ${text.length}.`] : [];
}
