/** Limits of one MJML document, whoever wrote it. With Liquid's own time it takes less than a second. */
export const mjmlLimits = { chars: 100_000, htmlChars: 1_000_000, composeMs: 700, heapMb: 128 } as const;
