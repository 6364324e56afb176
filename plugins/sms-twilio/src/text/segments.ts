import { countSeptets } from "./gsm-7.ts";

/** How a text goes over the air. */
export interface Segmented {
  readonly encoding: "GSM-7" | "UCS-2";
  /** Units in each segment: septets of GSM-7, 16 bits of UCS-2. */
  readonly segments: readonly number[];
}

/** What fits into one SMS, and into each of several: those begin with a header of 6 bytes. */
const room = { "GSM-7": { single: 160, part: 153 }, "UCS-2": { single: 70, part: 67 } } as const;

/** Splits a text as Twilio does: an extension character and a surrogate pair stay in one segment. */
export function splitText(text: string): Segmented {
  const characters = [...text];
  const isGsm = characters.every((character) => countSeptets(character) !== undefined);
  const encoding = isGsm ? "GSM-7" : "UCS-2";
  const units = characters.map((character) => (isGsm ? countSeptets(character)! : character.length));
  return { encoding, segments: pack(units, room[encoding]) };
}

function pack(units: readonly number[], { single, part }: { single: number; part: number }): readonly number[] {
  const total = units.reduce((sum, unit) => sum + unit, 0);
  if (total <= single) return [total];
  const segments = [0];
  for (const unit of units) {
    const last = segments.length - 1;
    if (segments[last]! + unit > part) segments.push(unit);
    else segments[last]! += unit;
  }
  return segments;
}
