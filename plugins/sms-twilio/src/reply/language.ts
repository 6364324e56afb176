/** How one language says STOP, START and HELP; all of it normalized as `normalizeReply` does. */
export interface Language {
  /** One of them alone in a sentence, beside `fillers`, is a STOP. */
  readonly stop: readonly string[];
  /** Words that mean other things too: a STOP only when nothing else is said. */
  readonly weakStop: readonly string[];
  readonly start: readonly string[];
  readonly help: readonly string[];
  /** Politeness and urgency, which change nothing. */
  readonly fillers: readonly string[];
  /** Sentences that say it: each is looked for within one sentence. */
  readonly stopSentences: readonly RegExp[];
  /** Sentences that only sound like it; what one of them covers is not a STOP. */
  readonly notStop: readonly RegExp[];
}
