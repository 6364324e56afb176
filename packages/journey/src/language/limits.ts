/** What a definition may hold at most. Nothing is capped in time: a delay of three years is legal. */
export const limits = {
  nodes: 500,
  /** Branches of one node. */
  branches: 100,
  /** The largest weight of a branch. */
  weight: 1_000_000,
  triggers: 50,
  exits: 50,
  /** Predicates inside predicates. */
  predicateDepth: 16,
  /** Operands under one `all` or `any`, and elements of a list to compare with. */
  listLength: 1_000,
  /** Levels of JSON in the whole definition. */
  jsonDepth: 64,
  /** Values of JSON in the whole definition. */
  jsonValues: 200_000,
  /** Characters of a name, a label, a trait or a reference. */
  nameLength: 200,
  /** Characters of an entry key once it is worked out. */
  entryKeyLength: 200,
  /** Years that one duration may span, so that every due time is an instant that can be stored. */
  durationYears: 1_000,
  /** Elements of a list to which `append` may still add. */
  traitListLength: 1_000,
  /** Bytes of a run's vars as JSON. */
  varsBytes: 262_144,
  /** Events that a run keeps while its journey is paused or it is parked. */
  heldEvents: 500,
  /** Bytes of the same as JSON. */
  heldBytes: 1_048_576,
  /** Visits of one node that a run may make within an hour. */
  visitsPerNodePerHour: 1_000,
} as const;
