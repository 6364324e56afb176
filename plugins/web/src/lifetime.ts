import { z } from "zod";

/** An instant as a template renders it; empty where there is nothing to render. */
export const instant = z
  .string()
  .refine((text) => text === "" || !Number.isNaN(Date.parse(text)), "An instant is a date and time of ISO 8601.");

const YEAR_SECONDS = 366 * 86_400;

export const lifetimeSeconds = z.int().min(1).max(YEAR_SECONDS);

/** When something ends: at an instant, or so long from now, whichever is first. Null: never. */
export function endOf(at: string | undefined, seconds: number | undefined, now: number): number | null {
  const ends = [
    ...(at === undefined || at === "" ? [] : [Date.parse(at)]),
    ...(seconds === undefined ? [] : [now + seconds * 1_000]),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Whether it has not ended yet. */
export const isLive = (end: number | null, now: number): boolean => end === null || end > now;
